package io.peerscope.benchmarks.history;

import io.peerscope.benchmarks.measure.FirstFailure;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.testkit.client.Api;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells the network's totals once a second, as the aggregator does. */
public final class LiveTotals implements AutoCloseable {
    private static final String KEY = "network";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final RecordWriter writer;
    private final int hosts;
    private final FirstFailure failure = new FirstFailure();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("totals").factory());

    private LiveTotals(KafkaClients clients, int hosts) {
        this.writer = new RecordWriter(clients, "benchmark-totals");
        this.hosts = hosts;
    }

    public static LiveTotals tell(KafkaClients clients, int hosts) {
        LiveTotals totals = new LiveTotals(clients, hosts);
        totals.timer.scheduleAtFixedRate(totals.failure.of(totals::tell), 0, 1, TimeUnit.SECONDS);
        return totals;
    }

    private void tell() {
        NetworkLive now = new NetworkLive(
                hosts, 0, 30L * hosts, 97.5, 41.2, new NetworkLive.ActiveMaps(hosts, 1), 2 * hosts, Instant.now());
        writer.write(Topic.NETWORK_LIVE, KEY, Json.encode(now));
    }

    /** Until it is told as what holds now. */
    public void awaitKnown(Api api) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (api.get("/api/v1/metrics/realtime").at("/active_hosts").asInt() != hosts) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the network's totals are not known");
            }
            Thread.sleep(100);
        }
    }

    /** @throws IllegalStateException where it could not be told all the time */
    public void check() {
        failure.check();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        writer.close();
    }
}
