package io.peerscope.query.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One measurement of one connection; null where something was not measured. */
public record ConnectionMetrics(
        String id,
        String analyticsId,
        String connectionId,
        String sessionId,
        @Nullable String userId,
        @Nullable String peerId,
        @Nullable String connectionType,
        @Nullable Number latencyMs,
        @Nullable Number bandwidthMbps,
        @Nullable Number packetLossPercent,
        @Nullable Number jitterMs,
        @Nullable String connectionQuality,
        @Nullable String iceConnectionState,
        @Nullable String dtlsTransportState,
        Instant createdAt,
        Instant updatedAt) {}
