package io.peerscope.query.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session and what was measured in it.
 *
 * @param userId null where nobody was named
 * @param networkMetrics newest measurement of any of its connections; an empty object where there is none
 * @param systemMetrics newest point of kind {@code session}; an empty object where there is none
 * @param connectionMetrics newest first, as many as one answer takes
 * @param streamingMetrics likewise
 * @param connectionMetricsTotal how many are stored
 */
public record SessionAnalytics(
        String id,
        String sessionId,
        @Nullable String userId,
        List<ConnectionMetrics> connectionMetrics,
        List<StreamingMetrics> streamingMetrics,
        JsonNode networkMetrics,
        JsonNode systemMetrics,
        long connectionMetricsTotal,
        long streamingMetricsTotal,
        Instant createdAt,
        Instant updatedAt) {}
