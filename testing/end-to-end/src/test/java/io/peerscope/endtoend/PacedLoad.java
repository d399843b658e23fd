package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.simulator.send.PointSender;
import io.peerscope.simulator.send.SenderSettings;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends a plan tick by tick and enters every outcome in a book. A tick that has to wait delays those after it. */
final class PacedLoad implements AutoCloseable {
    private static final int PARALLEL = 32;
    /** Longer than any fault of the story lasts: every batch is answered in the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Ledger ledger = new Ledger();
    private final AtomicLong ticksDone = new AtomicLong();
    private final PointSender sender;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("paced-load").factory());
    private final CompletableFuture<Ledger> done = new CompletableFuture<>();
    private volatile boolean enough;

    private PacedLoad(URI ingest, String token) {
        // Timestamps lie in the past on purpose: without sent_at they are taken as they are.
        SenderSettings settings = SenderSettings.of(ingest, token)
                .withParallel(PARALLEL)
                .withoutSentAt()
                .givingUpAfter(PATIENCE);
        this.sender = new PointSender(settings, Clock.systemUTC());
    }

    static PacedLoad start(PeerscopeProcess peerscope, LoadPlan plan, long ticks, Duration every) {
        return start(peerscope.address(), peerscope.tokens().of("fleet"), plan, ticks, every);
    }

    /** @param token of a fleet */
    static PacedLoad start(URI ingest, String token, LoadPlan plan, long ticks, Duration every) {
        PacedLoad load = new PacedLoad(ingest, token);
        load.timer.scheduleAtFixedRate(() -> load.tick(plan, ticks), 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return load;
    }

    private void tick(LoadPlan plan, long ticks) {
        try {
            long tick = ticksDone.get();
            if (tick < ticks && !enough) {
                ledger.enterAll(sender.sendAll(plan.batches(tick)));
                ticksDone.incrementAndGet();
            } else {
                done.complete(ledger);
            }
        } catch (RuntimeException failed) {
            done.completeExceptionally(failed);
            throw failed;
        }
    }

    /** So many ticks more than now are done. */
    void flows(Story story, Duration limit, long more) {
        long until = ticksDone() + more;
        story.holdsWithin(limit, "load flows", () -> assertThat(ticksDone()).isGreaterThanOrEqualTo(until));
    }

    long ticksDone() {
        return ticksDone.get();
    }

    /** Sends no tick that it has not begun. */
    Ledger end(Duration limit) {
        enough = true;
        return awaitEnd(limit);
    }

    Ledger awaitEnd(Duration limit) {
        return done.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        sender.close();
    }
}
