package io.peerscope.query.clock;

/**
 * What of a host was corrected on a day.
 *
 * @param samples whose time is not the one that the host gave them
 * @param least smallest correction, milliseconds; negative where the host's clock is ahead
 * @param most largest
 * @param ahead how far the furthest of these samples was ahead of its receipt once it was corrected, milliseconds
 * @param jumps how often the correction changed
 */
public record ClockDay(long samples, long least, long most, long ahead, long jumps) {

    ClockDay plus(ClockDay more) {
        return new ClockDay(
                samples + more.samples,
                Math.min(least, more.least),
                Math.max(most, more.most),
                Math.max(ahead, more.ahead),
                jumps + more.jumps);
    }
}
