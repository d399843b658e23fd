package io.peerscope.benchmarks.load;

import io.peerscope.testkit.client.Api;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Waits until what was acknowledged has gone through everything, by reads that ask for it ({@code X-Read-Consistency:
 * strong}). So it works from outside, against any installation.
 */
public final class Drain {
    /** Rows are in the database. */
    public static final String STORED = "stored";
    /** Live state and roll-ups know of it; the totals that tell are a second or two behind by design. */
    public static final String ROLLED_UP = "rolled up";
    /** Every rule was held against it. */
    public static final String JUDGED = "judged by rules";

    private static final Map<String, String> READS = Map.of(
            STORED, "/api/p2p/analytics/stats?hours=1",
            ROLLED_UP, "/api/v1/metrics/realtime",
            JUDGED, "/api/v1/alerts/active?host=nobody");

    private final Api viewer;
    private final Duration limit;

    /** @param limit how long to wait at most */
    public Drain(Api viewer, Duration limit) {
        this.viewer = viewer.strong();
        this.limit = limit;
    }

    /**
     * Returns when all is through.
     *
     * @param begin {@link System#nanoTime()} from which times are counted
     * @return seconds by name of the stage; those are missing that were not through when time was up
     */
    public Map<String, Double> await(long begin) {
        long giveUp = System.nanoTime() + limit.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, CompletableFuture<OptionalDouble>> asked = new TreeMap<>();
            READS.forEach((stage, path) -> asked.put(stage, ask(path, begin, giveUp, threads)));
            Map<String, Double> through = new TreeMap<>();
            asked.forEach((stage, answer) -> answer.join().ifPresent(seconds -> through.put(stage, seconds)));
            return through;
        }
    }

    private CompletableFuture<OptionalDouble> ask(String path, long begin, long giveUp, Executor threads) {
        return CompletableFuture.supplyAsync(
                () -> {
                    while (System.nanoTime() < giveUp) {
                        if (answered(path)) {
                            return OptionalDouble.of((System.nanoTime() - begin) / 1e9);
                        }
                    }
                    return OptionalDouble.empty();
                },
                threads);
    }

    /** A read that is not served in time is answered with 503 after 20 s. */
    private boolean answered(String path) {
        try {
            int status = viewer.get(path).status();
            if (status / 100 == 4) {
                throw new IllegalStateException(path + " was answered with " + status);
            }
            return status == 200;
        } catch (UncheckedIOException noAnswer) {
            return false;
        }
    }
}
