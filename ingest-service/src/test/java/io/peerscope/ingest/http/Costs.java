package io.peerscope.ingest.http;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What one request costs the thread that works on it. Bounds are far above what honest bodies of the same size need. */
final class Costs {
    /**
     * What generated builders throw away for a mebibyte of nothing but empty messages is 256 MiB; nothing else comes near. In
     * code that Jazzer has instrumented and nobody has compiled yet it was 430 MiB for 1.5 MiB of all kinds of data points.
     */
    private static final long MOST_BYTES = 640L << 20;

    private static final Duration MOST_TIME = Duration.ofSeconds(3);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long bytes;
    private long nanos;

    void begin() {
        bytes = threads.getCurrentThreadAllocatedBytes();
        nanos = threads.getCurrentThreadCpuTime();
    }

    /** Of all since it began. */
    boolean inBounds() {
        return allocated() <= MOST_BYTES && took() <= MOST_TIME.toNanos();
    }

    private long allocated() {
        return threads.getCurrentThreadAllocatedBytes() - bytes;
    }

    private long took() {
        return threads.getCurrentThreadCpuTime() - nanos;
    }

    @Override
    public String toString() {
        return "%d bytes allocated, %d ms of CPU used".formatted(allocated(), took() / 1_000_000);
    }
}
