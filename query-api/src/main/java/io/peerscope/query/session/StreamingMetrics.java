package io.peerscope.query.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One measurement of one stream; null where something was not measured, or has not come yet. */
public record StreamingMetrics(
        String id,
        String analyticsId,
        String streamId,
        @Nullable String contentId,
        @Nullable String userId,
        @Nullable String qualityLevel,
        @Nullable Number bitrateKbps,
        @Nullable Number frameRate,
        @Nullable Number resolutionWidth,
        @Nullable Number resolutionHeight,
        @Nullable Number bufferLevelSeconds,
        @Nullable Number droppedFrames,
        @Nullable Number totalFrames,
        @Nullable Number adaptiveSwitches,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Number durationSeconds,
        Instant createdAt,
        Instant updatedAt) {}
