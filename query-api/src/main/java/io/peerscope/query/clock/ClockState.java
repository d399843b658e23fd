package io.peerscope.query.clock;

/**
 * A host's clock as it was judged last.
 *
 * @param correction what is added to the host's times, milliseconds; 0: it is right
 * @param since epoch milliseconds of our clock
 * @param jumps how often the correction has changed
 */
public record ClockState(long correction, long since, long jumps) {
    static final ClockState RIGHT = new ClockState(0, 0, 0);
}
