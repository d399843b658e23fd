package io.peerscope.notify.policy;

import io.peerscope.contracts.notify.Channel;
import java.time.Instant;

/**
 * What is the case when something is decided for a channel.
 *
 * @param window when the channel was sent something lately
 * @param inhibitors what keeps other alerts from being told
 * @param quiet whether only what is critical is sent
 */
public record Situation(Channel channel, SendWindow window, Inhibitors inhibitors, Instant now, boolean quiet) {

    public static Situation of(Channel channel, SendWindow window, Inhibitors inhibitors, Instant now) {
        return new Situation(channel, window, inhibitors, now, channel.isQuiet(now));
    }

    /** The same with another window. */
    Situation with(SendWindow other) {
        return new Situation(channel, other, inhibitors, now, quiet);
    }

    int maxPerMinute() {
        return channel.pace().maxPerMinute();
    }
}
