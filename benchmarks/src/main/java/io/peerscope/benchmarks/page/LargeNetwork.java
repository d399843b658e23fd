package io.peerscope.benchmarks.page;

import io.peerscope.benchmarks.measure.FirstFailure;
import io.peerscope.benchmarks.wire.Target;
import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Measurement;
import io.peerscope.simulator.send.Outcome;
import io.peerscope.simulator.send.PointSender;
import io.peerscope.simulator.send.SenderSettings;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Hosts that report every ten seconds, one after the other, and break rules of their own for as long as they do: each rule is
 * one alert of every host. Some of them are linked. What they report drifts as on real hosts; of restless ones every value is
 * anywhere in its range each time, so that shipped rules fire and resolve some two hundred times a second.
 */
public final class LargeNetwork implements AutoCloseable {
    private static final int INTERVAL_SECONDS = 10;
    private static final int REGIONS = 12;
    private static final int LINKED = 500;
    private static final int[] PEERS = {1, 7, 40, 111};

    private final PointSender sender;
    private final int hosts;
    private final int rules;
    private final RandomGenerator random;
    private final boolean restless;
    private final Map<String, Drift> drifts = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("large-network").factory());
    private int next;

    private final FirstFailure failure = new FirstFailure();

    private LargeNetwork(PointSender sender, int hosts, int rules, RandomGenerator random, boolean restless) {
        this.sender = sender;
        this.hosts = hosts;
        this.rules = rules;
        this.random = random;
        this.restless = restless;
    }

    /** Makes the rules and begins to report. */
    public static LargeNetwork start(
            Target target, Api admin, int hosts, int rules, RandomGenerator random, boolean restless) {
        for (int rule = 0; rule < rules; rule++) {
            Answer made = admin.post("/api/v1/rules", rule(rule));
            if (made.status() != 201 && made.status() != 409) {
                throw new IllegalStateException("the rule was not made: " + made);
            }
        }
        PointSender sender = new PointSender(
                SenderSettings.of(target.server(), target.token()).withoutSentAt(), Clock.systemUTC());
        LargeNetwork network = new LargeNetwork(sender, hosts, rules, random, restless);
        network.timer.scheduleAtFixedRate(
                network.failure.of(network::report),
                0,
                Duration.ofSeconds(INTERVAL_SECONDS).toNanos() / hosts,
                TimeUnit.NANOSECONDS);
        return network;
    }

    private static Map<String, Object> rule(int number) {
        String severity = number % 2 == 0 ? "warning" : "critical";
        return Map.of(
                "id",
                field(number),
                "metric",
                field(number),
                "operator",
                ">",
                severity,
                50,
                "duration",
                0,
                "summary",
                "{{host}}: load %d at {{value}}".formatted(number));
    }

    private static String field(int rule) {
        return "bench_load_" + rule;
    }

    private void report() {
        int host = next++ % hosts;
        Instant now = Instant.now();
        Map<String, Double> fields = new LinkedHashMap<>(Map.of(
                "cpu_usage", value(host, "cpu_usage", 100),
                "memory_usage", value(host, "memory_usage", 100),
                "error_rate", value(host, "error_rate", 2),
                "player_count", (double) Math.round(value(host, "player_count", 200))));
        for (int rule = 0; rule < rules; rule++) {
            fields.put(field(rule), 51 + value(host, field(rule), 25));
        }
        List<Measurement> points = new ArrayList<>();
        points.add(new Measurement("host", Map.of(), now, fields, Map.of()));
        if (host < LINKED) {
            for (int peer : PEERS) {
                points.add(new Measurement(
                        "connection",
                        Map.of("peer", name((host + peer) % Math.min(hosts, LINKED)), "path", "direct"),
                        now,
                        Map.of("latency_ms", 10 + value(host, "to-" + peer, 200), "packet_loss", 0.0),
                        Map.of("connection_state", "connected")));
            }
        }
        Batch batch = new Batch(name(host), "bench/" + next, Map.of("region", "region-" + host % REGIONS), points);
        sender.send(batch)
                .thenAccept(outcome -> failure.of(() -> demandTaken(outcome)).run());
    }

    private static void demandTaken(Outcome outcome) {
        if (!(outcome instanceof Outcome.Accepted accepted) || accepted.rejected() > 0) {
            throw new IllegalStateException("not all of a report is taken: " + outcome);
        }
    }

    /** @throws IllegalStateException where not all reports were taken */
    public void check() {
        failure.check();
    }

    private double value(int host, String field, double range) {
        return restless
                ? range * random.nextDouble()
                : drifts.computeIfAbsent(field + "/" + host, key -> Drift.within(range, random))
                        .next();
    }

    private static String name(int host) {
        return "bench-%04d".formatted(host);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        sender.close();
    }
}
