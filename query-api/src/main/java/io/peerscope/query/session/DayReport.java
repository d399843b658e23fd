package io.peerscope.query.session;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A UTC day of one user; null where nothing was measured. */
public record DayReport(
        LocalDate day,
        long sessions,
        long connections,
        @Nullable Double averageLatencyMs,
        @Nullable Double averageBandwidthMbps,
        @Nullable Double averagePacketLossPercent,
        @Nullable Double averageJitterMs) {}
