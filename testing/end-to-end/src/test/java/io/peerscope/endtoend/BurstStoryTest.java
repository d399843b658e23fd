package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.load.LedgerChecker;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** For a minute fifty times the usual comes, from senders that do not heed what they are told. */
@ExtendWith(SharedSix.class)
final class BurstStoryTest {
    private static final int HOSTS = 20;
    private static final int FIELDS = 20;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long USUAL = HOSTS * FIELDS;
    private static final int TIMES = 50;
    private static final int SENDERS = 64;
    private static final Duration BURST = Duration.ofSeconds(60);

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(60);
    private static final Duration SENT_WITHIN = Duration.ofSeconds(60);
    private static final Duration STORED_WITHIN = Duration.ofMinutes(5);
    /** What an installation by compose gives ingest. */
    private static final long MEMORY = 512L << 20;

    private final Story story = Story.begin("burst");
    private final Instant begin = Instant.now();

    @Test
    @Tag("soak")
    void aMinuteOfFiftyTimesTheUsualIsTakenOrRefusedAndOver(SixProcesses six) throws Exception {
        ProcessHandle ingest = six.program(Service.INGEST);
        LoadPlan plan =
                new LoadPlan("beside-burst", HOSTS, FIELDS, begin.minus(Duration.ofMinutes(90)), Duration.ofSeconds(5));
        Burst.Answers answers;
        Ledger usual;
        try (PacedLoad load =
                PacedLoad.start(six.address(Service.INGEST), six.tokens().of("fleet"), plan, Long.MAX_VALUE, TICK)) {
            load.flows(story, SENT_WITHIN, 3);
            answers = new Burst(six.address(Service.INGEST), six.tokens().of("fleet")).send(SENDERS, BURST);
            story.tell(
                    "%d samples taken, p99 %d ms; refused %s; ingest had at most %d MiB",
                    answers.samples(),
                    answers.percentile(0.99).toMillis(),
                    answers.refused(),
                    ResidentMemory.most(ingest) >> 20);
            recovers(six, "after-burst");
            load.flows(story, SENT_WITHIN, 3);
            usual = load.end(SENT_WITHIN);
        }
        assertThat(answers.samples()).isGreaterThan(USUAL * TIMES * BURST.toSeconds());
        assertThat(answers.percentile(0.99)).isLessThan(ANSWERED_WITHIN);
        assertThat(answers.refused().keySet()).isSubsetOf(429, 503);
        assertThat(answers.hints()).as("refusals that say when to come again").isEqualTo(answers.refusals());
        assertThat(ingest.isAlive()).isTrue();
        assertThat(ResidentMemory.most(ingest)).as("bytes resident of ingest").isLessThan(MEMORY);
        assertThat(usual.notAcknowledged()).isEmpty();
        story.tell("%s", new LedgerChecker(six.database(), plan.prefix()).greenWithin(STORED_WITHIN, story, usual));
        answers.accepted().forEach((host, samples) -> isBooked(six, host, samples));
        story.tell("each host of the burst has in its ledger what it was told");
    }

    /** What comes after it is taken, and seen by those who ask, as before. */
    private void recovers(SixProcesses six, String host) {
        Api fleet = six.api(Service.INGEST, "fleet");
        Api viewer = six.api(Service.QUERY_API, "viewer");
        story.holdsWithin(RECOVERED_WITHIN, "a sample of now is taken and shown", () -> {
            Answer taken = fleet.post(
                    "/api/v1/ingest",
                    Map.of("host", host, "points", List.of(Map.of("fields", Map.of("cpu_usage", 41)))));
            assertThat(taken.status()).as("%s", taken).isEqualTo(200);
            assertThat(viewer.get("/api/v1/hosts/" + host).status()).isEqualTo(200);
            Answer stored = viewer.get("/api/v1/metrics/historical?timeframe=1h&metrics=cpu_usage&hosts=" + host);
            assertThat(stored.text()).contains("41");
        });
    }

    private void isBooked(SixProcesses six, String host, long samples) {
        Api viewer = six.api(Service.QUERY_API, "viewer").strong();
        String day = LocalDate.ofInstant(begin, ZoneOffset.UTC).toString();
        story.holdsWithin(STORED_WITHIN, host, () -> {
            JsonNode ledger =
                    viewer.get("/api/v1/hosts/" + host + "/ledger?day=" + day).json();
            assertThat(ledger.path("accepted").asLong()).as("%s", ledger).isEqualTo(samples);
            assertThat(ledger.path("stored").asLong()).as("%s", ledger).isEqualTo(samples);
            assertThat(ledger.path("balanced").asBoolean()).isTrue();
        });
    }
}
