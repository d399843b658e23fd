package io.peerscope.benchmarks;

import io.peerscope.benchmarks.body.FiringAlerts;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Meter;
import io.peerscope.benchmarks.report.Commit;
import io.peerscope.benchmarks.report.StormResult;
import io.peerscope.benchmarks.server.Notifier;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SourceTree;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import io.peerscope.testkit.webhook.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A channel that is told of other alerts than those of the storm is watched alone, then beside one that should be told the
 * same and hangs, then during the storm, which another channel is told of and a third should be and hangs.
 */
final class StormSchedule {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long PROBE_EVERY_MILLIS = 250;
    /** More than come in a minute. */
    private static final int NO_LIMIT = 600;

    private final StormOptions options;
    private final Progress progress;
    private final Instant at = Instant.now();
    private final Machine machine = Machine.here();
    private final Map<String, Instant> probes = new HashMap<>();
    private final AtomicInteger probe = new AtomicInteger();

    StormSchedule(StormOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    StormResult run() throws InterruptedException {
        PeerscopeProcess.deleteData(options.data());
        try (RecordingWebhook storm = RecordingWebhook.start();
                RecordingWebhook hangs = RecordingWebhook.start().thenReply(hanging());
                RecordingWebhook calm = RecordingWebhook.start();
                Notifier notifier = Notifier.start(options.data(), options.javaOptions());
                Meter meter = Meter.start(notifier.programs())) {
            notifier.put(channel("storm", storm, "s-*", Channel.DEFAULT_MAX_PER_MINUTE));
            notifier.put(channel("hangs", hangs, "s-*", Channel.DEFAULT_MAX_PER_MINUTE));
            notifier.put(channel("calm", calm, "c-*", NO_LIMIT));
            try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
                timer.scheduleAtFixedRate(() -> probe(notifier), 0, PROBE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                // The first messages of a process that has just begun are those of its compiler.
                TimeUnit.SECONDS.sleep(options.calmSeconds());
                Instant alone = Instant.now();
                progress.tell("the quiet channel alone");
                TimeUnit.SECONDS.sleep(options.calmSeconds());
                Instant beside = Instant.now();
                progress.tell("beside one that hangs");
                notifier.put(channel("stuck", hangs, "c-*", NO_LIMIT));
                TimeUnit.SECONDS.sleep(options.calmSeconds());
                List<AlertEvent> storming = IntStream.range(0, options.alerts())
                        .mapToObj(i -> firing("s-" + i))
                        .toList();
                Instant begin = Instant.now();
                progress.tell("%d alerts fire", options.alerts());
                notifier.tellAll(storming);
                double written = seconds(begin, Instant.now());
                Set<String> named = awaitAll(storm);
                double told = seconds(begin, Instant.now());
                progress.tell("%d of %d alerts are named", named.size(), options.alerts());
                timer.shutdownNow();
                TimeUnit.SECONDS.sleep(2);
                return new StormResult(
                        at,
                        Commit.of(SourceTree.root()),
                        machine,
                        options.described(),
                        options.alerts(),
                        written,
                        told,
                        named.size(),
                        storm.messages().size(),
                        largest(storm),
                        hangs.messages().size(),
                        latencies(calm, alone, beside),
                        latencies(calm, beside, begin),
                        latencies(calm, begin, Instant.MAX),
                        probes.size() - named(calm).size(),
                        meter.read());
            }
        } finally {
            PeerscopeProcess.deleteData(options.data());
        }
    }

    private static Reply[] hanging() {
        Reply[] script = new Reply[1000];
        Arrays.fill(script, Reply.hang());
        return script;
    }

    private static Channel channel(String id, RecordingWebhook webhook, String hosts, int perMinute) {
        return new Channel(
                id,
                ChannelType.WEBHOOK,
                true,
                new Channel.Interest(Severity.WARNING, Map.of("host", hosts), true),
                new Channel.Pace(Channel.DEFAULT_COOLDOWN_SECONDS, perMinute, List.of(), 0, 0),
                Channel.Turn.atOnce(),
                new Channel.Target(webhook.address().toString(), null, List.of(), null),
                null);
    }

    private void probe(Notifier notifier) {
        String host = "c-" + probe.getAndIncrement();
        synchronized (probes) {
            probes.put(host, Instant.now());
        }
        notifier.tell(firing(host));
    }

    private static AlertEvent firing(String host) {
        return FiringAlerts.event(host, host + ": CPU at 97 %", Instant.now());
    }

    private Set<String> awaitAll(RecordingWebhook storm) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        Set<String> named = named(storm);
        while (named.size() < options.alerts() && System.nanoTime() < giveUp) {
            TimeUnit.SECONDS.sleep(1);
            named = named(storm);
        }
        return named;
    }

    private static Set<String> named(RecordingWebhook webhook) {
        Set<String> hosts = new HashSet<>();
        for (Message message : webhook.messages()) {
            message.alerts().forEach(alert -> hosts.add(alert.path("host").asText()));
        }
        return hosts;
    }

    private static int largest(RecordingWebhook webhook) {
        return webhook.messages().stream()
                .mapToInt(message -> message.body().length)
                .max()
                .orElse(0);
    }

    /** Of probes that were written in that time. */
    private Distribution.Summary latencies(RecordingWebhook calm, Instant from, Instant to) {
        Distribution distribution = new Distribution();
        for (Message message : calm.messages()) {
            message.alerts().forEach(alert -> {
                Instant written;
                synchronized (probes) {
                    written = probes.get(alert.path("host").asText());
                }
                if (written != null && !written.isBefore(from) && written.isBefore(to)) {
                    distribution.add(Duration.between(written, message.at()).toNanos() / 1000);
                }
            });
        }
        return distribution.summary();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
