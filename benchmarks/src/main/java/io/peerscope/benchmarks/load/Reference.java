package io.peerscope.benchmarks.load;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.wire.Target;
import io.peerscope.simulator.Batch;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.simulator.send.Outcome;
import io.peerscope.simulator.send.PointSender;
import io.peerscope.simulator.send.SenderSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The load an installation of ordinary size has all day: 200 hosts, each with 20 fields every 5 s, one after the other. */
public final class Reference {
    private static final int HOSTS = 200;
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private Reference() {}

    public static Sent send(Target target, Duration time) {
        SenderSettings settings =
                SenderSettings.of(target.server(), target.token()).withoutSentAt();
        LoadPlan plan = LoadPlan.of(HOSTS, Shape.FIELDS, Instant.now());
        Distribution acknowledged = new Distribution();
        AtomicLong accepted = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        AtomicLong unanswered = new AtomicLong();
        long begin = System.nanoTime();
        long ticks = time.dividedBy(INTERVAL);
        Pace pace = Pace.of(HOSTS / (double) INTERVAL.toSeconds(), begin);
        List<CompletableFuture<Void>> underWay = new ArrayList<>();
        try (PointSender sender = new PointSender(settings, Clock.systemUTC())) {
            for (long tick = 0; tick < ticks; tick++) {
                for (Batch batch : plan.batches(tick)) {
                    pace.await();
                    long sent = System.nanoTime();
                    underWay.add(sender.send(batch).thenAccept(outcome -> {
                        switch (outcome) {
                            case Outcome.Accepted a -> {
                                acknowledged.add((System.nanoTime() - sent) / 1000);
                                accepted.addAndGet(a.accepted());
                            }
                            case Outcome.Refused r -> refused.incrementAndGet();
                            case Outcome.Unknown u -> unanswered.incrementAndGet();
                        }
                    }));
                }
            }
            underWay.forEach(CompletableFuture::join);
        }
        return new Sent(
                (System.nanoTime() - begin) / 1e9,
                underWay.size(),
                accepted.get(),
                acknowledged.summary(),
                refused.get(),
                unanswered.get());
    }
}
