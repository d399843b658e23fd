package io.peerscope.house.hostile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Work of this thread, in CPU time: what takes seconds where it should take milliseconds is found on a machine that is busy
 * with other things, too, and nothing else is.
 */
public final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private CpuTime() {}

    /** @param <X> how it may fail */
    @FunctionalInterface
    public interface Work<X extends Throwable> {
        void run() throws X;
    }

    public static <X extends Throwable> void assertAtMost(Duration most, Work<X> work) throws X {
        Duration took = of(work);
        if (took.compareTo(most) > 0) {
            throw new AssertionError("took " + took + " of CPU, at most is " + most);
        }
    }

    /** Of any input that fuzzing may find. One that takes longer has a second try: at the first, classes may have been loaded. */
    public static void assertAtMostASecond(Runnable work) {
        Work<RuntimeException> again = work::run;
        if (of(again).compareTo(A_SECOND) > 0) {
            assertAtMost(A_SECOND, again);
        }
    }

    private static <X extends Throwable> Duration of(Work<X> work) throws X {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
    }
}
