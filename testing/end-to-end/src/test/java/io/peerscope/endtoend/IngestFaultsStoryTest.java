package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.simulator.send.Outcome;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.load.LedgerChecker;
import io.peerscope.testkit.network.Balancer;
import io.peerscope.testkit.process.Signals;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * 200 hosts × 20 fields report to ingest, and go on with a batch until it is acknowledged, while ingest is killed, stands
 * still, is rolled over, and Kafka stands still. Whatever was acknowledged is stored once, and the windows add up.
 */
@ExtendWith(SharedSix.class)
final class IngestFaultsStoryTest {
    private static final int HOSTS = 200;
    private static final int FIELDS = 20;
    private static final Duration TICK = Duration.ofSeconds(1);
    /** So far in the past that each window has long been closed when it gets its points. */
    private static final Duration PAST = Duration.ofMinutes(90);

    private static final Duration SENT_WITHIN = Duration.ofSeconds(200);
    private static final Duration CHECKED_WITHIN = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration AN_ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(10);

    private final Story story = Story.begin("ingest faults");

    @Test
    @Tag("story")
    void whatIsAcknowledgedIsStoredOnceWhateverBecomesOfIngest(SixProcesses six) throws Exception {
        unfold(six, "fault", Duration.ofSeconds(5), Duration.ofSeconds(4));
    }

    /** A pause in which every sender gives up, and an outage that is longer than anybody's patience. */
    @Test
    @Tag("soak")
    void alsoWhenItTakesMinutes(SixProcesses six) throws Exception {
        unfold(six, "soak", Duration.ofSeconds(90), Duration.ofMinutes(5));
    }

    private void unfold(SixProcesses six, String name, Duration paused, Duration stalled) throws Exception {
        LoadPlan plan = plan(name);
        try (PacedLoad load = start(six.address(Service.INGEST), six, plan)) {
            killed(six, load);
            standsStill(six, load, paused);
            kafkaStandsStill(six, load, stalled);
            complete(six, plan, load);
        }
        rolledOver(six, plan("roll-" + name));
    }

    private static LoadPlan plan(String name) {
        return new LoadPlan(name, HOSTS, FIELDS, Instant.now().minus(PAST), Duration.ofSeconds(5));
    }

    private static PacedLoad start(URI ingest, SixProcesses six, LoadPlan plan) {
        return PacedLoad.start(ingest, six.tokens().of("fleet"), plan, Long.MAX_VALUE, TICK);
    }

    private void killed(SixProcesses six, PacedLoad load) {
        flows(load);
        story.tell("kill -9 of ingest");
        six.kill(Service.INGEST);
        six.restart(Service.INGEST);
        flows(load);
    }

    private void standsStill(SixProcesses six, PacedLoad load, Duration paused) {
        long before = load.ticksDone();
        try (Signals.Paused still = Signals.pause(six.program(Service.INGEST))) {
            story.tell("ingest stands still");
            story.holdsFor(paused, "nothing is acknowledged", () -> assertThat(load.ticksDone())
                    .isLessThanOrEqualTo(before + 1));
        }
        flows(load);
    }

    private void kafkaStandsStill(SixProcesses six, PacedLoad load, Duration stalled) {
        if (six.broker().isEmpty()) {
            return;
        }
        Api ingest = six.api(Service.INGEST, "fleet");
        long program = six.program(Service.INGEST).pid();
        try (Signals.Paused still = Signals.pause(six.broker().get())) {
            story.tell("Kafka stands still");
            for (long end = System.nanoTime() + stalled.toNanos(); System.nanoTime() < end; ) {
                Answer answer = one(ingest);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.header("retry-after")).isPresent();
                assertThat(answer.took()).isLessThan(AN_ANSWER_WITHIN);
            }
            story.tell("every sender was told so in time");
            assertThat(ingest.get("/q/health/ready").text()).contains("degraded");
        }
        story.holdsWithin(RECOVERED_WITHIN, "batches are taken again", () -> assertThat(
                        one(ingest).status())
                .isEqualTo(200));
        assertThat(six.program(Service.INGEST).pid()).isEqualTo(program);
        assertThat(six.program(Service.INGEST).isAlive()).isTrue();
        flows(load);
    }

    private static Answer one(Api ingest) {
        return ingest.post(
                "/api/v1/ingest",
                Map.of("host", "witness", "points", List.of(Map.of("fields", Map.of("cpu_usage", 1)))));
    }

    /** One instance after the other goes and comes back; no sender notices, and none has to send anything twice. */
    private void rolledOver(SixProcesses six, LoadPlan plan) throws Exception {
        URI first = six.address(Service.INGEST);
        URI second = six.another(Service.INGEST);
        try (Balancer balancer = Balancer.over(first, second);
                PacedLoad load = start(balancer.address(), six, plan)) {
            flows(load);
            gone(six.program(Service.INGEST));
            story.tell("the first ingest has gone");
            flows(load);
            six.restart(Service.INGEST);
            story.holdsWithin(SOON, "the first ingest is back", () -> assertThat(balancer.ready())
                    .contains(first, second));
            gone(six.program(second));
            story.tell("the second ingest has gone");
            flows(load);
            Ledger ledger = complete(six, plan, load);
            assertThat(sentAgain(ledger)).as("batches that were sent again").isEmpty();
        }
    }

    private static List<Outcome> sentAgain(Ledger ledger) {
        return ledger.outcomes().stream()
                .filter(outcome -> outcome.attempts() > 1)
                .limit(3)
                .toList();
    }

    private static void gone(ProcessHandle program) throws Exception {
        program.destroy();
        program.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private void flows(PacedLoad load) {
        load.flows(story, SENT_WITHIN, 3);
    }

    private Ledger complete(SixProcesses six, LoadPlan plan, PacedLoad load) {
        Ledger ledger = load.end(SENT_WITHIN);
        assertThat(ledger.notAcknowledged()).isEmpty();
        LedgerChecker checker = new LedgerChecker(six.database(), plan.prefix());
        story.tell("%s", checker.greenWithin(CHECKED_WITHIN, story, ledger));
        return ledger;
    }
}
