package io.peerscope.contracts.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a rule that detects raised an alert. What concerns only the other method is null.
 *
 * @param method {@code anomaly} or {@code forecast}
 * @param expected what the value would usually be at that time
 * @param low the lowest value that the rule, by its mildest limit, would not have minded; null: none is too low
 * @param high the highest; null: none is too high
 * @param deviation how far the value strays, counted in what the series usually strays
 * @param reachesAt when the limit of the alert's severity is reached, if the trend goes on; null: it is reached, or
 *     nobody can tell
 * @param perHour growth an hour, in the unit of the value
 * @param historyDays how many days of history tell this
 * @param explanation the same in words: {@code expected 40 to 55, got 93}
 */
public record Detection(
        String method,
        double expected,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double deviation,
        @Nullable Instant reachesAt,
        @Nullable Instant earliest,
        @Nullable Instant latest,
        @Nullable Double perHour,
        double historyDays,
        String explanation) {}
