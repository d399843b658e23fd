package io.peerscope.query.trend;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where one series is heading. */
public record SeriesTrend(
        String metric,
        @Nullable String host,
        @Nullable String kind,
        Map<String, String> labels,
        Comparison comparison,
        Trend trend,
        Forecast forecast,
        Pattern pattern) {}
