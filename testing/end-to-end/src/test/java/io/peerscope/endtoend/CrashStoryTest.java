package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.testkit.load.LedgerChecker;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.Signals;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 200 hosts × 20 fields report every 5 s while the broker, the database and the JVM with all services are killed one
 * after the other. The shape is that of the real load; time runs {@link #SPEED} times as fast: the reports of five seconds
 * are sent in one, with event times five seconds apart that begin in the recent past. So the load is five times as high.
 */
@Tag("story")
final class CrashStoryTest {
    private static final int HOSTS = 200;
    private static final int FIELDS = 20;
    private static final int SPEED = 5;
    private static final long TICKS = 60;
    private static final Duration TICK = Duration.ofMillis(5_000 / SPEED);
    /** Between two faults, in ticks: at least, and at most so many more. */
    private static final int QUIET = 8;

    private static final int JITTER = 6;
    private static final Duration SENT_WITHIN = Duration.ofSeconds(240);
    /** The last windows of the load close by the wall clock, when it is past them. */
    private static final Duration CHECKED_WITHIN = Duration.ofSeconds(150);

    @Test
    void whatWasAcknowledgedIsStoredOnceWhateverIsKilled() {
        long seed = Long.getLong("peerscope.test.seed", System.nanoTime());
        Story story = Story.begin("crash");
        story.tell("seed %d (again with -Dpeerscope.test.seed=%d)", seed, seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Path data = StoryData.fresh("crash");
        Instant begin = Instant.now().minusSeconds(5 * TICKS + 60);
        LoadPlan plan = LoadPlan.of(HOSTS, FIELDS, begin);
        try (PeerscopeProcess peerscope = PeerscopeProcess.start(data)) {
            story.tell("ready after %d ms", peerscope.readyAfter().toMillis());
            try (PacedLoad load = PacedLoad.start(peerscope, plan, TICKS, TICK)) {
                faults(story, random, peerscope, load);
                Ledger ledger = load.awaitEnd(SENT_WITHIN);
                story.tell(
                        "sent: %d samples acknowledged, %d batches not",
                        ledger.acknowledgedSamples(), ledger.notAcknowledged().size());
                assertThat(ledger.notAcknowledged()).isEmpty();
                assertThat(ledger.acknowledgedSamples()).isEqualTo((long) HOSTS * FIELDS * TICKS);
                isComplete(story, new LedgerChecker(peerscope.database(), plan.prefix()), ledger);
            } catch (RuntimeException | AssertionError failed) {
                System.out.println(peerscope.lastWords());
                throw failed;
            }
        }
    }

    private static void faults(Story story, RandomGenerator random, PeerscopeProcess peerscope, PacedLoad load) {
        quiet(story, random, load);
        story.tell("kill -9 of the broker");
        Signals.kill(peerscope.broker());
        quiet(story, random, load);
        story.tell("kill -9 of the postmaster");
        Signals.kill(peerscope.postmaster());
        quiet(story, random, load);
        story.tell("kill -9 of standalone");
        peerscope.kill();
        peerscope.restart();
        story.tell("ready again after %d ms", peerscope.readyAfter().toMillis());
    }

    /** Until so much load has gone through since that the fault before is over. */
    private static void quiet(Story story, RandomGenerator random, PacedLoad load) {
        load.flows(story, SENT_WITHIN, QUIET + random.nextInt(JITTER));
    }

    private static void isComplete(Story story, LedgerChecker checker, Ledger ledger) {
        story.tell("at first: %s", checker.check(ledger));
        story.tell("at last: %s", checker.greenWithin(CHECKED_WITHIN, story, ledger));
    }
}
