package io.peerscope.benchmarks.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.benchmarks.wire.Target;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.client.MonitorClient;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long it takes from a breaching sample to those who are told, while something else goes on. What arrives is
 * only kept meanwhile, and looked at afterwards.
 */
public final class Probing implements AutoCloseable {
    private static final String RULE = Prober.FIELD;
    /** The most that a channel may ask for. */
    private static final int MOST_PER_MINUTE = 600;

    private static final Duration STRAGGLERS = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Api admin;
    private final String channel;
    private final RecordingWebhook webhook;
    private final MonitorClient monitor;
    private final Prober prober;

    private Probing(Api admin, String channel, RecordingWebhook webhook, MonitorClient monitor, Prober prober) {
        this.admin = admin;
        this.channel = channel;
        this.webhook = webhook;
        this.monitor = monitor;
        this.prober = prober;
    }

    /** The rule that the samples break: at once, so that nothing is measured but the way. */
    public static Map<String, Object> rule() {
        return Map.of(
                "id",
                RULE,
                "metric",
                Prober.FIELD,
                "operator",
                ">",
                "warning",
                Prober.LIMIT,
                "duration",
                0,
                "summary",
                "{{host}}: {{value}}");
    }

    /**
     * Begins; the rule must exist.
     *
     * @param phase a word that no other phase of the run has
     */
    public static Probing start(Target target, Api admin, String viewerToken, String phase, Duration every) {
        String channel = "bench-" + phase;
        RecordingWebhook webhook = RecordingWebhook.start();
        Answer made = admin.post(
                "/api/v1/channels",
                Map.of(
                        "id",
                        channel,
                        "type",
                        "webhook",
                        "url",
                        webhook.address().toString(),
                        "matchers",
                        Map.of("rule_id", RULE),
                        "cooldown_seconds",
                        0,
                        "max_per_minute",
                        MOST_PER_MINUTE,
                        "send_resolved",
                        false));
        if (made.status() != 201) {
            webhook.close();
            throw new IllegalStateException("the channel was not made: " + made);
        }
        MonitorClient monitor = MonitorClient.open(target.server(), viewerToken);
        monitor.send("{\"subscribe\":[\"alert\",\"hosts\"]}");
        String prefix = "probe-%s-%d".formatted(phase, System.currentTimeMillis() % 1_000_000);
        return new Probing(admin, channel, webhook, monitor, Prober.start(target, prefix, every));
    }

    /**
     * Stops sending, waits for what is under way, and says how long everything took.
     *
     * @param waypoints watched since the beginning
     */
    public Latencies finish(Optional<Waypoints> waypoints) {
        List<Probe> probes = prober.stop();
        long giveUp = System.nanoTime() + STRAGGLERS.toNanos();
        while (!allArrived(probes) && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        Arrivals answers = new Arrivals();
        probes.forEach(probe -> probe.answer().ifPresent(at -> answers.add(probe.host(), at)));
        return new Latencies(
                probes.size(),
                answers.since(probes),
                waypoints.map(on -> on.since(probes)).orElse(Map.of()),
                messages().since(probes),
                alertFrames().since(probes),
                hostFrames().since(probes));
    }

    private boolean allArrived(List<Probe> probes) {
        return messages().hasAll(probes)
                && alertFrames().hasAll(probes)
                && hostFrames().hasAll(probes);
    }

    private Arrivals messages() {
        Arrivals arrivals = new Arrivals();
        for (Message message : webhook.messages()) {
            if (message.type().equals("alert.firing")) {
                message.alerts()
                        .forEach(alert -> arrivals.add(alert.path("host").asText(), message.at()));
            }
        }
        return arrivals;
    }

    private Arrivals alertFrames() {
        Arrivals arrivals = new Arrivals();
        monitor.frames("alert")
                .filter(frame -> frame.content().at("/alert/status").asText().equals("firing"))
                .forEach(frame -> arrivals.add(frame.content().at("/alert/host").asText(), frame.at()));
        return arrivals;
    }

    private Arrivals hostFrames() {
        Arrivals arrivals = new Arrivals();
        monitor.frames("hosts").forEach(frame -> {
            for (JsonNode host : frame.content().path("hosts")) {
                arrivals.add(host.path("host").asText(), frame.at());
            }
        });
        return arrivals;
    }

    @Override
    public void close() {
        prober.close();
        monitor.close();
        admin.delete("/api/v1/channels/" + channel);
        webhook.close();
    }
}
