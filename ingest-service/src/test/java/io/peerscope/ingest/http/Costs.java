package io.peerscope.ingest.http;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What one request costs the thread that works on it. Bounds are far above what honest bodies of the same size need. */
final class Costs {
    /** The largest body, unpacked, read into objects and written again; a bomb must not cost more. */
    private static final long MOST_BYTES = 192L << 20;

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
