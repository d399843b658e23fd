package io.peerscope.simulator;

import java.util.List;
import java.util.Map;

/**
 * What one host has to say at one time: one request to ingest.
 *
 * @param id stays the same however often the batch is sent
 * @param labels of the whole batch; {@code simulated=true} marks it as made up
 */
public record Batch(String host, String id, Map<String, String> labels, List<Measurement> points) {

    /** Number of samples: one for each field of each point, as ingest counts them. */
    public int samples() {
        return points.stream().mapToInt(point -> point.fields().size()).sum();
    }
}
