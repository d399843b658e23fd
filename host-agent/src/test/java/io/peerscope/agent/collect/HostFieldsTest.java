package io.peerscope.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.peerscope.agent.collect.Reading.Census;
import io.peerscope.agent.collect.Reading.Cpu;
import io.peerscope.agent.collect.Reading.Load;
import io.peerscope.agent.collect.Reading.Memory;
import io.peerscope.agent.collect.Reading.Swap;
import io.peerscope.agent.collect.Reading.Transfer;
import io.peerscope.agent.collect.Reading.Volume;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostFieldsTest {
    private static final long GIB = 1L << 30;
    private static final long SECOND = 1_000_000_000;

    @Test
    void a_whole_reading_makes_all_fields() {
        Reading before = reading(0, new Cpu(4, 1_000, 10_000), new Transfer(5_000, 0), new Transfer(100, 7));
        Reading now = reading(5, new Cpu(4, 1_500, 12_000), new Transfer(10_000, 50), new Transfer(350, 7));

        assertThat(HostFields.between(before, now))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("cpu_cores", 4.0),
                        entry("cpu_usage", 25.0),
                        entry("load1", 1.5),
                        entry("load5", 1.0),
                        entry("load15", 0.5),
                        entry("memory_usage", 75.0),
                        entry("memory_bytes", 6.0 * GIB),
                        entry("memory_total_bytes", 8.0 * GIB),
                        entry("memory_available_bytes", 2.0 * GIB),
                        entry("swap_usage", 50.0),
                        entry("swap_total_bytes", 2.0 * GIB),
                        entry("disk_usage", 90.0),
                        entry("storage_bytes", 19.0 * GIB),
                        entry("storage_total_bytes", 110.0 * GIB),
                        entry("disk_read_bytes_per_second", 1_000.0),
                        entry("disk_write_bytes_per_second", 10.0),
                        entry("network_in_bytes_per_second", 50.0),
                        entry("network_out_bytes_per_second", 0.0),
                        entry("uptime_seconds", 86_400.0),
                        entry("process_count", 120.0),
                        entry("thread_count", 900.0)));
    }

    @Test
    void processor_time_is_left_out_while_no_tick_has_passed() {
        Reading reading = reading(0, new Cpu(4, 1_000, 10_000), null, null);
        assertThat(HostFields.between(reading, reading)).doesNotContainKey("cpu_usage");
    }

    @Test
    void processor_time_that_steps_back_is_left_out() {
        Reading before = reading(0, new Cpu(4, 1_000, 10_000), null, null);
        Reading now = reading(5, new Cpu(4, 990, 12_000), null, null);
        assertThat(HostFields.between(before, now)).doesNotContainKey("cpu_usage");
    }

    @Test
    void a_count_that_starts_anew_makes_no_rate_and_leaves_the_other_alone() {
        Reading before = reading(0, new Cpu(4, 1, 10), null, new Transfer(9_000, 100));
        Reading now = reading(5, new Cpu(4, 2, 20), null, new Transfer(10, 200));
        assertThat(HostFields.between(before, now))
                .doesNotContainKey("network_in_bytes_per_second")
                .containsEntry("network_out_bytes_per_second", 20.0);
    }

    @Test
    void what_the_machine_does_not_have_is_left_out() {
        Reading bare = new Reading(
                0,
                0,
                new Cpu(1, 0, 0),
                null,
                new Memory(8 * GIB, 2 * GIB),
                new Swap(0, 0),
                List.of(),
                null,
                null,
                new Census(1, 1, 1));
        assertThat(HostFields.between(bare, bare))
                .doesNotContainKeys("load1", "swap_usage", "disk_usage", "storage_bytes")
                .doesNotContainKeys("disk_read_bytes_per_second", "network_in_bytes_per_second");
    }

    @Test
    void what_nobody_asked_for_is_left_out() {
        Reading nothing = new Reading(0, 0, null, null, null, null, List.of(), null, null, null);
        assertThat(HostFields.between(nothing, nothing)).isEmpty();
    }

    @Test
    void virtual_disks_and_interfaces_are_not_counted_twice() {
        assertThat(List.of("eth0", "enp3s0", "wlan0", "en0", "wlp2s0")).allMatch(Wires::realInterface);
        assertThat(List.of("lo", "docker0", "veth12ab", "br-6c1", "wg0", "eth0.100", "bond0"))
                .noneMatch(Wires::realInterface);
        assertThat(List.of("/dev/sda", "/dev/nvme0n1", "disk0", "/dev/vda")).allMatch(Wires::realDisk);
        assertThat(List.of("/dev/dm-0", "/dev/loop7", "/dev/zram0", "/dev/md127"))
                .noneMatch(Wires::realDisk);
    }

    private static Reading reading(int second, Cpu cpu, @Nullable Transfer disk, @Nullable Transfer network) {
        return new Reading(
                1_000L * second,
                SECOND * second,
                cpu,
                new Load(1.5, 1.0, 0.5),
                new Memory(8 * GIB, 2 * GIB),
                new Swap(2 * GIB, GIB),
                List.of(new Volume(100 * GIB, 90 * GIB, 90 * GIB), new Volume(10 * GIB, GIB, GIB)),
                disk,
                network,
                new Census(86_400, 120, 900));
    }
}
