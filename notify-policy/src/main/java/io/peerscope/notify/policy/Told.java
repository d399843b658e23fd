package io.peerscope.notify.policy;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel knows of one alert key, and what it is still owed.
 *
 * @param alert the latest episode, as it is now
 * @param said what its readers take it for: firing or no_data; null: they do not know of this episode, or know its end
 * @param waiting what is still to be said of this episode
 * @param ended episodes, oldest first, that ended and are named in the next digest
 * @param sentAt when a beginning or worsening of this key was last sent here; null: never
 * @param sentSeverity the severity said then
 * @param flapping the episode of which its readers were told that it comes and goes; {@code said} then stands until it is
 *     steady. null: they take it for steady
 * @param since when it began to wait for later; null where it does not, or was written by a version that did not say
 * @param refused how often the receiver refused to hear of this episode
 * @param among a message that names it names so many at most, because one with more was refused; 0: as many as have room
 */
public record Told(
        Alert alert,
        @Nullable AlertStatus said,
        Waiting waiting,
        List<Alert> ended,
        @Nullable Instant sentAt,
        @Nullable Severity sentSeverity,
        @Nullable Alert flapping,
        @Nullable Instant since,
        int refused,
        int among) {

    /** What the channel's readers will hear of the episode, unless it ends before. */
    public enum Waiting {
        NOTHING,
        /** A message when nothing holds it any more: the cooldown is over, the cause gone, the night past. */
        @JsonAlias("COOLDOWN")
        LATER,
        /** What it waits for is that the receiver refuses it no more; {@link Refusals} says when it is tried again. */
        REFUSED,
        /** A line in the next digest, for which there must be room. */
        DIGEST,
        /** A line in the next digest, which does not wait for room. */
        URGENT
    }

    /** Before the first event of the key. */
    static Told nothing(Alert alert) {
        return new Told(alert, null, Waiting.NOTHING, List.of(), null, null, null, null, 0, 0);
    }

    /** With the episode that this alert is; one that gave way to it without an end of its own is over. */
    Told at(Alert current) {
        if (alert.id().equals(current.id())) {
            return this;
        }
        if (flapping != null && current.flapping()) {
            return now(current, waiting);
        }
        boolean owed = said != null || inDigest();
        return new Told(
                current,
                null,
                Waiting.NOTHING,
                owed ? and(PresumedEnd.of(flapping == null ? alert : flapping, current.startedAt())) : ended,
                sentAt,
                sentSeverity,
                null,
                null,
                0,
                0);
    }

    Told now(Alert current, Waiting next) {
        Instant begun = next == waiting && (next == Waiting.LATER || next == Waiting.REFUSED) ? since : null;
        // What got worse shares a message with all that did, whatever was refused before.
        int most = next == Waiting.URGENT ? 0 : among;
        return new Told(current, said, next, ended, sentAt, sentSeverity, flapping, begun, refused, most);
    }

    /** Held until nothing holds it; what stands in a digest stays there. */
    Told later(Alert current, Instant at) {
        if (inDigest()) {
            return now(current, waiting);
        }
        Instant begun = waiting == Waiting.LATER && since != null ? since : at;
        return new Told(current, said, Waiting.LATER, ended, sentAt, sentSeverity, flapping, begun, refused, among);
    }

    Told sent(Alert current, Instant at) {
        return new Told(
                current,
                current.status(),
                Waiting.NOTHING,
                ended,
                at,
                current.severity(),
                current.flapping() ? current : null,
                null,
                refused,
                ended.isEmpty() ? 0 : among);
    }

    /** The episode ended, and nothing more is said of it. */
    Told over(Alert end) {
        return new Told(end, null, Waiting.NOTHING, ended, sentAt, sentSeverity, null, null, refused, among);
    }

    /** The episode ended, and the next digest says so. */
    Told overInDigest(Alert end) {
        return new Told(end, null, Waiting.NOTHING, and(end), sentAt, sentSeverity, null, null, refused, among);
    }

    /** After a digest that named {@link #forDigest()}. */
    Told named(Instant at) {
        if (inDigest()) {
            return new Told(
                    alert,
                    alert.status(),
                    Waiting.NOTHING,
                    List.of(),
                    at,
                    alert.severity(),
                    alert.flapping() ? alert : null,
                    null,
                    refused,
                    0);
        }
        return new Told(
                alert,
                said,
                waiting,
                List.of(),
                sentAt == null ? at : sentAt,
                sentSeverity == null ? alert.severity() : sentSeverity,
                flapping,
                since,
                refused,
                0);
    }

    Instant waitingSince(Instant otherwise) {
        if (waiting != Waiting.LATER) {
            return otherwise;
        }
        return since == null ? Instant.EPOCH : since;
    }

    /** After a message that said once more what is still on. */
    Told reminded(Instant at) {
        return new Told(alert, said, waiting, ended, at, sentSeverity, flapping, since, refused, among);
    }

    /** Whether the channel's readers take the alert for something else than it is, or for less. */
    boolean isNews(Alert current) {
        if (flapping != null && current.flapping()) {
            return compare(current) > 0;
        }
        return (flapping != null) != current.flapping() || said != current.status() || compare(current) > 0;
    }

    /** Why not, where it is none. */
    Held noNews(Alert current) {
        if (flapping != null && current.flapping()) {
            return Held.FLAPPING;
        }
        return compare(current) < 0 ? Held.MILDER : Held.NOT_NEWS;
    }

    /** How much worse it is than was said. */
    int compare(Alert current) {
        return sentSeverity == null ? 0 : current.severity().compareTo(sentSeverity);
    }

    boolean cooling(Channel channel, Instant at) {
        return sentWithin(Duration.ofSeconds(channel.pace().cooldownSeconds()), at);
    }

    /** A time in the future is that of a clock that was wrong; it must not stretch the time. */
    boolean sentWithin(Duration time, Instant at) {
        return sentAt != null && Duration.between(sentAt, at).abs().compareTo(time) < 0;
    }

    /** The alert that its readers take to be on: what flaps is on for them until it is steady. */
    Alert believed() {
        return flapping == null ? alert : flapping;
    }

    /** What kind of message says what it is now. */
    MessageType type(Channel channel, Alert current) {
        if (channel.type() == ChannelType.ACTION) {
            return MessageType.ACTION;
        }
        if (current.flapping() && flapping == null) {
            return MessageType.FLAPPING;
        }
        boolean settled = flapping != null && !current.flapping();
        if (current.status() == AlertStatus.NO_DATA && (settled || said != AlertStatus.NO_DATA)) {
            return MessageType.NO_DATA;
        }
        if (settled) {
            return MessageType.FIRING;
        }
        return said == null ? MessageType.FIRING : MessageType.SEVERITY_CHANGED;
    }

    /** Ends before the beginning that came after them. */
    List<Alert> forDigest() {
        if (!inDigest()) {
            return ended;
        }
        List<Alert> all = new ArrayList<>(ended);
        all.addAll(naming(alert));
        return List.copyOf(all);
    }

    /** Of {@link #forDigest()}. */
    Alert firstForDigest() {
        return ended.isEmpty() ? naming(alert).getFirst() : ended.getFirst();
    }

    /** The end of what was said, where what ended last is another episode of the same flapping. */
    Alert endOf(Alert last) {
        return flapping == null || flapping.id().equals(last.id()) ? last : PresumedEnd.of(flapping, last.updatedAt());
    }

    /** Whom a message on this one names: before it the end of another episode that its readers know. */
    List<Alert> naming(Alert current) {
        return flapping == null || flapping.id().equals(current.id())
                ? List.of(current)
                : List.of(PresumedEnd.of(flapping, current.updatedAt()), current);
    }

    boolean inDigest() {
        return waiting == Waiting.DIGEST || waiting == Waiting.URGENT;
    }

    /** Whether a digest is due that names this key. */
    boolean queued() {
        return inDigest() || !ended.isEmpty();
    }

    private List<Alert> and(Alert last) {
        List<Alert> all = new ArrayList<>(ended);
        all.add(last);
        return List.copyOf(all);
    }
}
