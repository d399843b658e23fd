package io.peerscope.query.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the measurements of some time add up to. Averages and shares are null where nothing was measured, never 0.
 *
 * @param totalSessions that were heard of
 * @param totalConnections of these sessions
 * @param successRate percent of the connections with a known ICE or DTLS state whose newest one is neither {@code failed}
 *     nor {@code disconnected}
 * @param connectionQuality measurements by level
 * @param averageBitrateKbps of all measurements of streams
 * @param p95LatencyMs the measurement at rank floor(0.95 (n - 1)), as everywhere
 * @param droppedFramesPercent of all frames of all streams, by the newest measurement of each that says both
 * @param adaptiveSwitches of all streams, by the newest measurement of each that says
 * @param qualityLevels measurements by level
 */
public record SessionStats(
        long totalSessions,
        long totalUsers,
        long totalPeers,
        long totalConnections,
        long totalStreams,
        long activeStreams,
        @Nullable Double averageLatencyMs,
        @Nullable Double p95LatencyMs,
        @Nullable Double averageBandwidthMbps,
        @Nullable Double averagePacketLossPercent,
        @Nullable Double averageJitterMs,
        @Nullable Double successRate,
        Map<String, Long> connectionQuality,
        @Nullable Double averageBitrateKbps,
        @Nullable Double averageFrameRate,
        @Nullable Double averageBufferLevelSeconds,
        @Nullable Double droppedFramesPercent,
        @Nullable Long adaptiveSwitches,
        Map<String, Long> qualityLevels) {

    public SessionStats {
        connectionQuality = SpelledWords.counted(connectionQuality);
        qualityLevels = SpelledWords.counted(qualityLevels);
    }
}
