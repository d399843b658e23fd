package io.peerscope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;

/**
 * Work of this thread, in CPU time: what takes seconds where it should take milliseconds is found on a machine that is busy
 * with other things, too, and nothing else is.
 */
public final class CpuTime {
    private CpuTime() {}

    public static void assertAtMost(Duration most, Executable work) throws Throwable {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.execute();
        assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before))
                .isLessThanOrEqualTo(most);
    }
}
