package io.peerscope.aggregate.window;

import io.peerscope.contracts.rollup.MinuteWindow;
import java.time.Duration;

/**
 * How windows close. Their length is fixed at one minute, aligned to the epoch: storage tiers are built on it.
 *
 * @param grace how long after its end a window still takes points; covers the way from the host to us and the disorder
 *     between senders. More grace holds more in memory
 * @param maxBytes of encoded points of one host in one window; beyond it the window is left to the database
 * @param idleSeconds after so many seconds without a record, windows close by the wall clock
 */
public record WindowConfig(Duration grace, int maxBytes, int idleSeconds) {
    public WindowConfig {
        require(!grace.isNegative(), "window.grace must not be negative, was %s", grace);
        require(
                grace.toMillis() <= MinuteWindow.LENGTH,
                "window.grace must not exceed the window itself, one minute, but was %s",
                grace);
        require(maxBytes >= 1 << 20, "window.max-bytes must be at least 1048576, was %s", maxBytes);
        require(idleSeconds > 0, "window.idle-seconds must be at least 1, was %s", idleSeconds);
    }

    private static void require(boolean holds, String message, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("peerscope.aggregator." + message.formatted(value));
        }
    }
}
