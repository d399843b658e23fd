package io.peerscope.contracts.live;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Totals of the network; value of {@code network.live}, once a second. Null means not known, never zero.
 *
 * @param networkHealth 0 to 100, see {@link NetworkHealth}
 * @param averageLatency milliseconds, mean over all fresh links
 */
public record NetworkLive(
        int activeHosts,
        int silentHosts,
        @Nullable Long totalPlayers,
        @Nullable Double networkHealth,
        @Nullable Double averageLatency,
        ActiveMaps activeMaps,
        int links,
        Instant asOf) {

    /** Maps that are online, by where they run; null where no host reports maps. */
    public record ActiveMaps(
            @Nullable Integer p2pHosted, @Nullable Integer vpsHosted) {}
}
