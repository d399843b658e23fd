package io.peerscope.contracts.rule;

import java.time.Duration;

/**
 * When an alert is called flapping: people are told so once, and of its single beginnings and ends no more until it has
 * been calm for a while.
 *
 * @param times it may begin so often within {@code within}; the next time it flaps. 0: it is never called so
 * @param calmFor it neither begins nor ends for so long, and is called flapping no more
 */
public record Flapping(int times, Duration within, Duration calmFor) {
    public static final Flapping DEFAULT = new Flapping(5, Duration.ofMinutes(10), Duration.ofMinutes(5));
    public static final Flapping OFF = new Flapping(0, Duration.ZERO, Duration.ZERO);

    /** Their times are kept with the alert. */
    static final int MOST_TIMES = 100;

    public boolean watched() {
        return times > 0;
    }
}
