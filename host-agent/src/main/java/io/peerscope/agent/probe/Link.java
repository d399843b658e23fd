package io.peerscope.agent.probe;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What probes say of the way to one peer. Loss is counted by the numbers on the wire, over the last probes whose fate is
 * known; jitter is that of RFC 3550, whose transit time is here the round trip, as a responder's clock is not ours; the
 * round trip is the mean since the last look. Times are nanoseconds of one monotonic clock.
 */
final class Link {
    private static final long UNANSWERED = -1;
    /** Of RFC 3550, 6.4.1. */
    private static final double GAIN = 1 / 16.0;
    /** So many probes without an answer, one after the other, and the peer is gone. */
    private static final int GONE_AFTER = 5;

    private final long timeout;
    private final long[] sentAt;
    private final long[] roundTrip;
    private long sent;
    private boolean everAnswered;
    private double jitter;
    private long lastRoundTrip = UNANSWERED;
    private double sum;
    private int answers;

    Link(ProbeTiming timing) {
        this.timeout = timing.timeout().toNanos();
        this.sentAt = new long[timing.window()];
        this.roundTrip = new long[timing.window()];
        Arrays.fill(roundTrip, UNANSWERED);
    }

    /** @return the number of the probe that is sent now */
    long probe(long now) {
        int slot = slot(sent);
        sentAt[slot] = now;
        roundTrip[slot] = UNANSWERED;
        return sent++;
    }

    /** An answer came in; one that comes twice, or for a probe that has left the window, changes nothing. */
    void answered(long sequence, long now) {
        if (sequence < 0 || sequence >= sent || sequence < sent - sentAt.length || roundTrip[slot(sequence)] >= 0) {
            return;
        }
        long took = Math.max(0, now - sentAt[slot(sequence)]);
        roundTrip[slot(sequence)] = took;
        everAnswered = true;
        if (lastRoundTrip != UNANSWERED) {
            jitter += (Math.abs(took - lastRoundTrip) - jitter) * GAIN;
        }
        lastRoundTrip = took;
        sum += took;
        answers++;
    }

    /** What is known now. Answers are looked at once. */
    Sight look(long now) {
        int settled = 0;
        int lost = 0;
        int lostInARow = 0;
        for (long sequence = Math.max(0, sent - sentAt.length); sequence < sent; sequence++) {
            boolean answered = roundTrip[slot(sequence)] >= 0;
            if (answered || now - sentAt[slot(sequence)] >= timeout) {
                settled++;
                lost += answered ? 0 : 1;
                lostInARow = answered ? 0 : lostInARow + 1;
            }
        }
        boolean heard = answers > 0;
        Sight sight = new Sight(
                heard ? OptionalDouble.of(sum / answers) : OptionalDouble.empty(),
                heard ? OptionalDouble.of(jitter) : OptionalDouble.empty(),
                settled == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) lost / settled),
                state(lostInARow));
        sum = 0;
        answers = 0;
        return sight;
    }

    private Sight.State state(int lostInARow) {
        // A window may be shorter than what it takes to be gone.
        boolean gone = lostInARow >= Math.min(GONE_AFTER, sentAt.length);
        if (everAnswered) {
            return gone ? Sight.State.DISCONNECTED : Sight.State.CONNECTED;
        }
        return gone ? Sight.State.FAILED : Sight.State.CONNECTING;
    }

    private int slot(long sequence) {
        return (int) (sequence % sentAt.length);
    }
}
