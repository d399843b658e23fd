package io.peerscope.testkit.story;

import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A host that reports the same fields again and again until it is closed; their values can be changed meanwhile. */
public final class SteadyHost implements AutoCloseable {
    private final Api ingest;
    private final String name;
    private final Map<String, String> labels;
    private final Map<String, Double> fields = new ConcurrentHashMap<>();
    private final AtomicLong reports = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("steady-host").factory());

    private SteadyHost(Api ingest, String name, Map<String, String> labels, Map<String, Double> fields) {
        this.ingest = ingest;
        this.name = name;
        this.labels = labels;
        this.fields.putAll(fields);
    }

    /** @param ingest with a token that may write for this host */
    public static SteadyHost start(Api ingest, String name, Duration every, Map<String, Double> fields) {
        return start(ingest, name, Map.of(), every, fields);
    }

    /** @param labels of the host */
    public static SteadyHost start(
            Api ingest, String name, Map<String, String> labels, Duration every, Map<String, Double> fields) {
        SteadyHost host = new SteadyHost(ingest, name, labels, fields);
        host.timer.scheduleAtFixedRate(host::report, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return host;
    }

    public void set(String field, double value) {
        fields.put(field, value);
    }

    public String name() {
        return name;
    }

    /** Reports that were accepted. */
    public long reports() {
        return reports.get();
    }

    /** Reports that were not. */
    public long refused() {
        return refused.get();
    }

    private void report() {
        long now = System.currentTimeMillis();
        Map<String, Object> point = Map.of("timestamp", now, "fields", new TreeMap<>(fields));
        try {
            Answer answer = ingest.post(
                    "/api/v1/ingest",
                    Map.of(
                            "host", name,
                            "batch", "steady/" + now,
                            "sent_at", now,
                            "labels", labels,
                            "points", List.of(point)));
            (answer.status() == 200 ? reports : refused).incrementAndGet();
        } catch (UncheckedIOException noAnswer) {
            refused.incrementAndGet();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
