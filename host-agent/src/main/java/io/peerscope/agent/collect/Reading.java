package io.peerscope.agent.collect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the machine says at one moment, as it says it: most of it counted since it was started. Null stands for what was
 * not asked for or cannot be had.
 *
 * @param epochMillis the machine's wall clock
 * @param nanos its monotonic clock, for the time between two readings
 * @param cpu processor time since the start, in ticks
 * @param disk totals since the start
 * @param network totals since the start
 */
public record Reading(
        long epochMillis,
        long nanos,
        @Nullable Cpu cpu,
        @Nullable Load load,
        @Nullable Memory memory,
        @Nullable Swap swap,
        List<Volume> volumes,
        @Nullable Transfer disk,
        @Nullable Transfer network,
        @Nullable Census system) {

    /** @param busy ticks spent on anything but idling and waiting for disks */
    public record Cpu(int cores, long busy, long total) {}

    public record Load(double one, double five, double fifteen) {}

    public record Memory(long totalBytes, long availableBytes) {}

    public record Swap(long totalBytes, long usedBytes) {}

    /**
     * One file system that can be written, each once however often it is mounted.
     *
     * @param freeBytes not in use
     * @param usableBytes of these, what is not set aside for the superuser
     */
    public record Volume(long totalBytes, long freeBytes, long usableBytes) {
        public long usedBytes() {
            return totalBytes - freeBytes;
        }
    }

    /** Bytes read or received, written or sent. */
    public record Transfer(long in, long out) {}

    /** What lives on it, and for how long it has been up. */
    public record Census(long uptimeSeconds, int processes, int threads) {}
}
