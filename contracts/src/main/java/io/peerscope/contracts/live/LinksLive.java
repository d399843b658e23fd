package io.peerscope.contracts.live;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A host's connections in short.
 *
 * @param fresh links reported within the last 30 s
 * @param impaired of these, how many lose more than 5 % or take more than 200 ms
 * @param averageLatencyMs mean over the fresh links that report a latency; null where none does
 * @param inBytesPerSecond what came in over all fresh links in the last 60 s; null where none reports it
 * @param outBytesPerSecond what went out, likewise
 * @param peers the fresh links that report bytes, by peer; not in lists of hosts
 * @param worst three that take longest and three that lose most, as far as they lose anything; not in lists of hosts
 */
public record LinksLive(
        int fresh,
        int impaired,
        @Nullable Double averageLatencyMs,
        @Nullable Double inBytesPerSecond,
        @Nullable Double outBytesPerSecond,
        List<PeerTraffic> peers,
        List<PeerQuality> worst) {

    public LinksLive {
        // Versions before this one did not tell.
        peers = Objects.requireNonNullElse(peers, List.of());
        worst = Objects.requireNonNullElse(worst, List.of());
    }

    /** Links of which no bytes are reported. */
    public LinksLive(int fresh, int impaired, @Nullable Double averageLatencyMs) {
        this(fresh, impaired, averageLatencyMs, null, null, List.of(), List.of());
    }

    public LinksLive inShort() {
        return new LinksLive(
                fresh, impaired, averageLatencyMs, inBytesPerSecond, outBytesPerSecond, List.of(), List.of());
    }
}
