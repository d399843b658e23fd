package io.peerscope.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OshiReadingsTest {
    @Test
    void this_machine_is_measured() {
        Readings readings = new OshiReadings(Selection.everything(), Clock.systemUTC(), System::nanoTime);
        Reading before = readings.take();
        Map<String, Double> fields = await().pollInterval(Duration.ofMillis(400))
                .until(
                        () -> HostFields.between(before, readings.take()),
                        measured -> measured.containsKey("cpu_usage"));

        assertThat(fields.get("cpu_usage")).isBetween(0.0, 100.0);
        assertThat(fields.get("memory_usage")).isBetween(1.0, 100.0);
        assertThat(fields.get("memory_bytes")).isPositive();
        assertThat(fields.get("disk_usage")).isBetween(0.0, 100.0);
        assertThat(fields.get("storage_bytes")).isPositive();
        assertThat(fields.get("cpu_cores")).isGreaterThanOrEqualTo(1);
        assertThat(fields.get("process_count")).isPositive();
        assertThat(fields.get("uptime_seconds")).isPositive();
        assertThat(fields.values()).allMatch(Double::isFinite).allMatch(value -> value >= 0);
    }

    @Test
    void groups_that_are_off_are_not_measured() {
        Selection memoryOnly = new Selection(
                Set.of(Group.MEMORY), NameFilter.all(), NameFilter.all(), NameFilter.all(), NameFilter.all());
        Readings readings = new OshiReadings(memoryOnly, Clock.systemUTC(), System::nanoTime);
        assertThat(HostFields.between(readings.take(), readings.take()))
                .containsOnlyKeys("memory_usage", "memory_bytes", "memory_total_bytes", "memory_available_bytes");
    }
}
