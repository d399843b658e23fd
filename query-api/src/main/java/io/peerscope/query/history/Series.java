package io.peerscope.query.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an answer.
 *
 * @param host null where several were put together
 * @param points start of the step in epoch milliseconds, and its value; null where the step has no number
 */
public record Series(
        String metric,
        @Nullable String host,
        @Nullable String kind,
        Map<String, String> labels,
        List<List<@Nullable Number>> points) {}
