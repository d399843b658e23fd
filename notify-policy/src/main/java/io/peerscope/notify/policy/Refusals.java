package io.peerscope.notify.policy;

import io.peerscope.notify.policy.Told.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When what a receiver refused is said again, as it is by then: after pauses that double, for most of a day, and at once
 * when somebody has edited the channel or tested it with success. The receiver may have meant the channel or the message;
 * so each alert has a count of its own, and what is new does not wait for what was refused.
 */
public final class Refusals {
    /** With the pauses below these are 15 hours. */
    static final int MOST_REPETITIONS = 20;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final int PARTS = 8;

    private Refusals() {}

    static Told refused(Told told, Instant now) {
        return refused(told, now, 0);
    }

    private static Told refused(Told told, Instant now, int among) {
        boolean waits = told.waiting() == Waiting.LATER || told.waiting() == Waiting.NOTHING && told.queued();
        return with(told, waits ? Waiting.REFUSED : told.waiting(), now, told.refused() + 1, among);
    }

    /**
     * One of several alerts is to blame. They are tried again at once in so much smaller messages that after three
     * rounds each is alone, and the innocent have been told.
     *
     * @param named how many the message named
     */
    static Told suspected(Told told, Instant now, int named) {
        if (named == 1) {
            return refused(told, now, 1);
        }
        Waiting waiting = told.waiting() == Waiting.LATER ? Waiting.DIGEST : told.waiting();
        int among = told.waiting() == Waiting.URGENT ? 0 : Math.max(named / PARTS, 1);
        return with(told, waiting, now, told.refused(), among);
    }

    /** What becomes of what was refused because time has passed; empty: nothing yet. */
    static Optional<Told> after(Told told, Instant now) {
        if (told.waiting() != Waiting.REFUSED) {
            return Optional.empty();
        }
        if (told.refused() > MOST_REPETITIONS) {
            // What is still on may be said once somebody has mended the channel; an end of yesterday is of no use to
            // him.
            return Inhibitors.isOn(told.alert()) ? Optional.empty() : Optional.of(givenUp(told));
        }
        return isDue(told, now) ? Optional.of(again(told, now, told.refused())) : Optional.empty();
    }

    /** What becomes of it because somebody has mended the channel; empty: it was not refused. */
    public static Optional<Told> mended(Told told, Instant now) {
        return told.waiting() == Waiting.REFUSED ? Optional.of(again(told, now, 0)) : Optional.empty();
    }

    private static boolean isDue(Told told, Instant now) {
        Instant since = told.since() == null ? Instant.EPOCH : told.since();
        long doublings = Math.min(told.refused() - 1, 10);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.max(doublings, 0));
        Duration wait = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        // A time in the future is that of a clock that was wrong; it must not stretch the wait.
        return Duration.between(since, now).abs().compareTo(wait) >= 0;
    }

    private static Told again(Told told, Instant now, int refused) {
        int among = refused == 0 ? 0 : told.among();
        return with(told, Inhibitors.isOn(told.alert()) ? Waiting.LATER : Waiting.NOTHING, now, refused, among);
    }

    private static Told givenUp(Told told) {
        return new Told(
                told.alert(), null, Waiting.NOTHING, List.of(), told.sentAt(), told.sentSeverity(), null, null, 0, 0);
    }

    private static Told with(Told told, Waiting waiting, Instant now, int refused, int among) {
        boolean dated = waiting == Waiting.LATER || waiting == Waiting.REFUSED;
        return new Told(
                told.alert(),
                told.said(),
                waiting,
                told.ended(),
                told.sentAt(),
                told.sentSeverity(),
                told.flapping(),
                dated ? now : null,
                refused,
                among);
    }
}
