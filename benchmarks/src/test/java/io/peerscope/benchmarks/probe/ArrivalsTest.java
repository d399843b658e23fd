package io.peerscope.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.benchmarks.measure.Distribution;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Instant T = Instant.parse("2026-11-21T12:00:00Z");

    private final List<Probe> probes = List.of(new Probe("p-1", T, T.plusMillis(8)), new Probe("p-2", T, null));
    private final Arrivals arrivals = new Arrivals();

    @Test
    void theFirstArrivalCounts() {
        arrivals.add("p-1", T.plusMillis(80));
        arrivals.add("p-1", T.plusMillis(60));
        arrivals.add("p-2", T.plusMillis(90));
        arrivals.add("somebody", T);

        assertThat(arrivals.hasAll(probes)).isTrue();
        assertThat(arrivals.since(probes)).isEqualTo(new Distribution.Summary(2, 60, 90, 90, 90));
    }

    @Test
    void whatDidNotArriveIsNotCounted() {
        arrivals.add("p-2", T.plusMillis(90));

        assertThat(arrivals.hasAll(probes)).isFalse();
        assertThat(arrivals.since(probes).n()).isEqualTo(1);
    }
}
