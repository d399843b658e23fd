package io.peerscope.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * What is seen of one subject at one instant, in the words of the ingest API.
 *
 * @param kind {@code host}, {@code map}, {@code connection}, {@code stream}
 * @param labels what tells this subject from others of its host and kind
 */
public record Measurement(
        String kind,
        Map<String, String> labels,
        Instant timestamp,
        Map<String, Double> fields,
        Map<String, String> states) {}
