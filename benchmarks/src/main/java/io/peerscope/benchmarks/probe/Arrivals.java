package io.peerscope.benchmarks.probe;

import io.peerscope.benchmarks.measure.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When something first arrived about each host. */
final class Arrivals {
    private final Map<String, Instant> first = new HashMap<>();

    void add(String host, Instant at) {
        first.merge(host, at, (one, other) -> one.isBefore(other) ? one : other);
    }

    boolean hasAll(List<Probe> probes) {
        return probes.stream().allMatch(probe -> first.containsKey(probe.host()));
    }

    Distribution.Summary since(List<Probe> probes) {
        Distribution latencies = new Distribution();
        for (Probe probe : probes) {
            Instant at = first.get(probe.host());
            if (at != null) {
                latencies.add(Duration.between(probe.posted(), at).toNanos() / 1000);
            }
        }
        return latencies.summary();
    }
}
