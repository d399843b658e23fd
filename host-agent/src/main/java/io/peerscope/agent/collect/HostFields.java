package io.peerscope.agent.collect;

import io.peerscope.agent.collect.Reading.Transfer;
import io.peerscope.agent.collect.Reading.Volume;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two readings make the fields of one point, by the names of the metric catalogue. What was not measured is left out;
 * nothing stands in for it.
 */
public final class HostFields {
    private final Reading before;
    private final Reading now;
    private final Map<String, Double> fields = new LinkedHashMap<>();

    private HostFields(Reading before, Reading now) {
        this.before = before;
        this.now = now;
    }

    /** Shares and rates are those of the time between the two. */
    public static Map<String, Double> between(Reading before, Reading now) {
        HostFields fields = new HostFields(before, now);
        fields.processor();
        fields.memory();
        fields.volumes();
        fields.rates("disk_read_bytes_per_second", "disk_write_bytes_per_second", before.disk(), now.disk());
        fields.rates("network_in_bytes_per_second", "network_out_bytes_per_second", before.network(), now.network());
        fields.system();
        return fields.fields;
    }

    private void processor() {
        Reading.Load load = now.load();
        if (load != null) {
            fields.put("load1", load.one());
            fields.put("load5", load.five());
            fields.put("load15", load.fifteen());
        }
        Reading.Cpu cpu = now.cpu();
        if (cpu == null) {
            return;
        }
        fields.put("cpu_cores", (double) cpu.cores());
        Reading.Cpu earlier = before.cpu();
        long total = earlier == null ? 0 : cpu.total() - earlier.total();
        long busy = earlier == null ? 0 : cpu.busy() - earlier.busy();
        // Ticks of single cores may step back by a few, or all at once when a core is taken away.
        if (total > 0 && busy >= 0) {
            percent("cpu_usage", (double) busy, (double) total);
        }
    }

    private void memory() {
        Reading.Memory memory = now.memory();
        if (memory != null) {
            long used = memory.totalBytes() - memory.availableBytes();
            percent("memory_usage", (double) used, (double) memory.totalBytes());
            fields.put("memory_bytes", (double) used);
            fields.put("memory_total_bytes", (double) memory.totalBytes());
            fields.put("memory_available_bytes", (double) memory.availableBytes());
        }
        Reading.Swap swap = now.swap();
        if (swap != null) {
            percent("swap_usage", (double) swap.usedBytes(), (double) swap.totalBytes());
            fields.put("swap_total_bytes", (double) swap.totalBytes());
        }
    }

    /** The fullest volume speaks for the host, as it is the one that stops it. Full is when nothing is usable any more. */
    private void volumes() {
        double fullest = -1;
        double used = 0;
        double total = 0;
        for (Volume volume : now.volumes()) {
            used += volume.usedBytes();
            total += volume.totalBytes();
            double reachable = (double) volume.usedBytes() + volume.usableBytes();
            if (reachable > 0) {
                fullest = Math.max(fullest, volume.usedBytes() / reachable);
            }
        }
        if (fullest >= 0) {
            percent("disk_usage", fullest, 1);
            fields.put("storage_bytes", used);
            fields.put("storage_total_bytes", total);
        }
    }

    private void rates(String in, String out, @Nullable Transfer then, @Nullable Transfer since) {
        double seconds = (now.nanos() - before.nanos()) / 1e9;
        if (then == null || since == null || seconds <= 0) {
            return;
        }
        rate(in, since.in() - then.in(), seconds);
        rate(out, since.out() - then.out(), seconds);
    }

    /** A count that goes back has started anew; how much came before that nobody knows. */
    private void rate(String name, long bytes, double seconds) {
        if (bytes >= 0) {
            fields.put(name, Math.round(bytes / seconds * 10) / 10.0);
        }
    }

    private void system() {
        Reading.Census system = now.system();
        if (system != null) {
            fields.put("uptime_seconds", (double) system.uptimeSeconds());
            fields.put("process_count", (double) system.processes());
            fields.put("thread_count", (double) system.threads());
        }
    }

    private void percent(String name, double part, double whole) {
        if (whole > 0) {
            double share = Math.min(1, Math.max(0, part / whole));
            fields.put(name, Math.round(share * 10_000) / 100.0);
        }
    }
}
