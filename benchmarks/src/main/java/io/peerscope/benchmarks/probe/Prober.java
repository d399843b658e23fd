package io.peerscope.benchmarks.probe;

import io.peerscope.benchmarks.wire.PreparedRequest;
import io.peerscope.benchmarks.wire.Target;
import io.peerscope.benchmarks.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a breaching sample again and again, each from a host of its own, and a good one from the same host a second later,
 * so that alerts end. Goes by the clock, whatever the answers take: a slow one delays none after it.
 */
final class Prober implements AutoCloseable {
    static final String FIELD = "bench_probe";
    static final double LIMIT = 100;
    private static final Duration GOOD_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Target target;
    private final String prefix;
    private final AtomicInteger hosts = new AtomicInteger();
    private final Queue<Probe> probes = new ConcurrentLinkedQueue<>();
    private final Queue<Wire> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("prober").factory());

    private Prober(Target target, String prefix) {
        this.target = target;
        this.prefix = prefix;
    }

    /** @param prefix begins the names of hosts and is used once */
    static Prober start(Target target, String prefix, Duration every) {
        Prober prober = new Prober(target, prefix);
        prober.timer.scheduleAtFixedRate(prober::begin, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return prober;
    }

    private void begin() {
        String host = "%s-%05d".formatted(prefix, hosts.incrementAndGet());
        threads.execute(() -> probes.add(post(host, 10 * LIMIT)));
        timer.schedule(
                () -> threads.execute(() -> post(host, LIMIT / 10)),
                GOOD_AGAIN_AFTER.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private Probe post(String host, double value) {
        byte[] request = PreparedRequest.single(target, host, FIELD, value);
        Instant posted = Instant.now();
        try {
            Wire wire = connection();
            int status = wire.exchange(request).status();
            Instant answered = Instant.now();
            idle.add(wire);
            return new Probe(host, posted, status == 200 ? answered : null);
        } catch (IOException e) {
            return new Probe(host, posted, null);
        }
    }

    private Wire connection() throws IOException {
        Wire free = idle.poll();
        return free == null ? Wire.open(target.server()) : free;
    }

    /** Stops sending and returns what was sent. */
    List<Probe> stop() {
        timer.shutdown(); // what was scheduled for later still runs, so that every alert ends
        try {
            timer.awaitTermination(2 * GOOD_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            threads.shutdown();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(probes);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
        idle.forEach(Wire::close);
    }
}
