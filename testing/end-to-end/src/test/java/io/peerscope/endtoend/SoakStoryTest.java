package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.testkit.load.LedgerChecker;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.Signals;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * For as many minutes as asked for, one fault after the other, drawn from a seed, while hosts report. In each round a host
 * gets too hot before the fault and cools down after it. At the end every acknowledged sample is stored once, and each of
 * those episodes was told once when it began and once when it ended.
 */
@Tag("soak")
final class SoakStoryTest {
    private static final int HOSTS = 100;
    private static final int FIELDS = 10;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FLOWS_WITHIN = Duration.ofSeconds(180);
    private static final Duration CHECKED_WITHIN = Duration.ofSeconds(180);

    private final Story story = Story.begin("soak");

    /** What is done to whom. */
    private enum Fault {
        BROKER_KILLED,
        DATABASE_KILLED,
        ALL_SERVICES_KILLED,
        BROKER_STANDS_STILL,
        DATABASE_STANDS_STILL,
        ALL_SERVICES_STAND_STILL
    }

    @Test
    void nothingIsLostOrDoubledHoweverLongItGoesOn() {
        long seed = Long.getLong("peerscope.test.seed", System.nanoTime());
        Duration time = Duration.ofMinutes(Long.getLong("peerscope.test.soak.minutes", 10));
        story.tell("%d minutes, seed %d (again with -Dpeerscope.test.seed=%d)", time.toMinutes(), seed, seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        LoadPlan plan =
                new LoadPlan("soak", HOSTS, FIELDS, Instant.now().minus(time).minus(Duration.ofMinutes(5)), TICK);
        try (PeerscopeProcess peerscope = PeerscopeProcess.start(StoryData.fresh("soak"));
                RecordingWebhook webhook = RecordingWebhook.start()) {
            Episodes episodes = Episodes.watched(story, () -> peerscope.api("fleet"), peerscope.api("admin"), webhook);
            try (PacedLoad load = PacedLoad.start(peerscope, plan, Long.MAX_VALUE, TICK)) {
                int rounds = rounds(peerscope, load, random, time, episodes);
                Ledger ledger = load.end(FLOWS_WITHIN);
                assertThat(ledger.notAcknowledged()).isEmpty();
                LedgerChecker checker = new LedgerChecker(peerscope.database(), plan.prefix());
                story.tell(
                        "%d samples acknowledged, %s",
                        ledger.acknowledgedSamples(), checker.greenWithin(CHECKED_WITHIN, story, ledger));
                episodes.eachWasToldOnce(
                        peerscope.api("viewer"),
                        IntStream.range(0, rounds).mapToObj(SoakStoryTest::host).toList(),
                        CHECKED_WITHIN);
            } catch (RuntimeException | AssertionError failed) {
                System.out.println(peerscope.lastWords());
                throw failed;
            }
        }
    }

    private int rounds(
            PeerscopeProcess peerscope, PacedLoad load, RandomGenerator random, Duration time, Episodes episodes) {
        long end = System.nanoTime() + time.toNanos();
        int round = 0;
        while (System.nanoTime() < end) {
            flows(load);
            String host = host(round);
            episodes.begin(host);
            Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            story.tell("round %d: %s", round, fault);
            commit(fault, peerscope, Duration.ofMillis(random.nextInt(1_000, 12_000)));
            episodes.end(host);
            round++;
        }
        flows(load);
        return round;
    }

    private void commit(Fault fault, PeerscopeProcess peerscope, Duration pause) {
        switch (fault) {
            case BROKER_KILLED -> Signals.kill(alive(peerscope::broker));
            case DATABASE_KILLED -> Signals.kill(alive(peerscope::postmaster));
            case ALL_SERVICES_KILLED -> {
                peerscope.kill();
                peerscope.restart();
            }
            case BROKER_STANDS_STILL -> standsStill(alive(peerscope::broker), pause);
            case DATABASE_STANDS_STILL -> standsStill(alive(peerscope::postmaster), pause);
            case ALL_SERVICES_STAND_STILL -> standsStill(peerscope.program(), pause);
        }
    }

    /** Load flows without a database, so the one that was killed a round ago may not have been started again. */
    private static ProcessHandle alive(Supplier<ProcessHandle> process) {
        return await().atMost(FLOWS_WITHIN).ignoreExceptions().until(process::get, ProcessHandle::isAlive);
    }

    private void standsStill(ProcessHandle process, Duration pause) {
        try (Signals.Paused still = Signals.pause(process)) {
            story.holdsFor(
                    pause, "it stood still", () -> assertThat(process.isAlive()).isTrue());
        }
    }

    private void flows(PacedLoad load) {
        load.flows(story, FLOWS_WITHIN, 3);
    }

    private static String host(int round) {
        return "hot-%04d".formatted(round);
    }
}
