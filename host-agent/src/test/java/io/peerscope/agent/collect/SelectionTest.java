package io.peerscope.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @Test
    void patterns_match_whole_names() {
        NameFilter filter = new NameFilter(List.of("eth*", "en?0"), List.of("eth9"));
        assertThat(List.of("eth0", "eth10", "en00", "enp0")).allMatch(filter::takes);
        assertThat(List.of("eth9", "xeth0", "en0", "wlan0")).noneMatch(filter::takes);
        assertThat(new NameFilter(List.of(), List.of("/snap/*")).takes("/home")).isTrue();
        assertThat(new NameFilter(List.of("a.c"), List.of()).takes("abc")).isFalse();
    }

    @Test
    void virtual_ones_count_only_when_somebody_names_them() {
        Selection selection = selection(
                NameFilter.all(),
                new NameFilter(List.of("wg0", "eth*"), List.of()),
                new NameFilter(List.of(), List.of()));
        assertThat(selection.takesInterface("wg0")).isTrue();
        assertThat(selection.takesInterface("eth0")).isTrue();
        assertThat(selection.takesInterface("wlan0")).isFalse();
        assertThat(selection.takesDisk("/dev/sda")).isTrue();
        assertThat(selection.takesDisk("/dev/dm-0")).isFalse();
        assertThat(selection.takesMount("/data")).isTrue();
    }

    @Test
    void single_fields_can_be_left_out() {
        Selection selection = selection(
                new NameFilter(List.of("memory_*", "latency_ms"), List.of("memory_bytes")),
                NameFilter.all(),
                NameFilter.all());
        assertThat(selection.told(Map.of("memory_usage", 1.0, "memory_bytes", 2.0, "latency_ms", 3.0, "load1", 4.0)))
                .containsOnlyKeys("memory_usage", "latency_ms");
    }

    private static Selection selection(NameFilter fields, NameFilter interfaces, NameFilter disks) {
        return new Selection(Set.of(Group.values()), NameFilter.all(), disks, interfaces, fields);
    }
}
