package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
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
 */
public record Told(
        Alert alert,
        @Nullable AlertStatus said,
        Waiting waiting,
        List<Alert> ended,
        @Nullable Instant sentAt,
        @Nullable Severity sentSeverity,
        @Nullable Alert flapping) {

    /** What the channel's readers will hear of the episode, unless it ends before. */
    public enum Waiting {
        NOTHING,
        /** A message when the cooldown is over. */
        COOLDOWN,
        /** A line in the next digest, for which there must be room. */
        DIGEST,
        /** A line in the next digest, which does not wait for room. */
        URGENT
    }

    /** Before the first event of the key. */
    static Told nothing(Alert alert) {
        return new Told(alert, null, Waiting.NOTHING, List.of(), null, null, null);
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
                null);
    }

    Told now(Alert current, Waiting next) {
        return new Told(current, said, next, ended, sentAt, sentSeverity, flapping);
    }

    Told sent(Alert current, Instant at) {
        return new Told(
                current,
                current.status(),
                Waiting.NOTHING,
                ended,
                at,
                current.severity(),
                current.flapping() ? current : null);
    }

    /** The episode ended, and nothing more is said of it. */
    Told over(Alert end) {
        return new Told(end, null, Waiting.NOTHING, ended, sentAt, sentSeverity, null);
    }

    /** The episode ended, and the next digest says so. */
    Told overInDigest(Alert end) {
        return new Told(end, null, Waiting.NOTHING, and(end), sentAt, sentSeverity, null);
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
                    alert.flapping() ? alert : null);
        }
        return new Told(
                alert,
                said,
                waiting,
                List.of(),
                sentAt == null ? at : sentAt,
                sentSeverity == null ? alert.severity() : sentSeverity,
                flapping);
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
