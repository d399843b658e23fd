package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.load.LedgerChecker;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A million unique labels come from one host while others report. What it costs everybody is bounded: subjects in the
 * database, memory of ingest; each sample is in the ledger, and what the others sent is stored to the last of them.
 */
@ExtendWith(SharedSix.class)
final class ManyLabelsStoryTest {
    private static final String GREEDY = "greedy-labels";
    private static final int REQUESTS = 100;
    private static final int LABELS_OF_ONE = 10_000;
    /** Of one host, by default. */
    private static final int SERIES = 5_000;

    private static final Duration SENT_WITHIN = Duration.ofSeconds(60);
    private static final Duration STORED_WITHIN = Duration.ofSeconds(60);

    private final Story story = Story.begin("many labels");
    private final Instant begin = Instant.now();

    @Test
    @Tag("story")
    void aMillionOfOneHostHarmNobodyElse(SixProcesses six) throws IOException {
        LoadPlan plan =
                new LoadPlan("beside-greed", 20, 20, begin.minus(Duration.ofMinutes(90)), Duration.ofSeconds(5));
        Database database = six.database();
        long subjects = database.number("select count(*) from subject");
        Ledger others;
        try (PacedLoad load = PacedLoad.start(
                six.address(Service.INGEST), six.tokens().of("fleet"), plan, Long.MAX_VALUE, Duration.ofSeconds(1))) {
            load.flows(story, SENT_WITHIN, 2);
            long before = ResidentMemory.now(six.program(Service.INGEST));
            story.tell("a million labels: %d samples taken", sent(six.api(Service.INGEST, "fleet")));
            long grown = ResidentMemory.now(six.program(Service.INGEST)) - before;
            story.tell("ingest has %d MiB more", grown >> 20);
            assertThat(grown).as("bytes resident of ingest").isLessThan(256L << 20);
            load.flows(story, SENT_WITHIN, 2);
            others = load.end(SENT_WITHIN);
        }
        assertThat(others.notAcknowledged()).isEmpty();
        story.tell("%s", new LedgerChecker(database, plan.prefix()).greenWithin(STORED_WITHIN, story, others));
        story.holdsWithin(STORED_WITHIN, "every sample is in the ledger", () -> {
            JsonNode ledger = ledger(six);
            assertThat(ledger.path("stored").asLong()).as("%s", ledger).isEqualTo(SERIES);
            assertThat(ledger.path("rejected").asLong())
                    .as("%s", ledger)
                    .isEqualTo((long) REQUESTS * LABELS_OF_ONE - SERIES);
            assertThat(ledger.path("balanced").asBoolean()).isTrue();
        });
        assertThat(database.number("select count(*) from subject where host = '" + GREEDY + "'"))
                .isBetween((long) SERIES, SERIES + 2L); // the host itself, too
        assertThat(database.number("select count(*) from subject") - subjects).isLessThan(2L * SERIES);
    }

    private static long sent(Api fleet) {
        long accepted = 0;
        for (int request = 0; request < REQUESTS; request++) {
            Answer answer = fleet.post("/api/v1/ingest", uniqueLabels(request));
            assertThat(answer.status()).as("%s", answer).isIn(200, 400);
            accepted += answer.status() == 200 ? answer.at("/accepted").asLong() : 0;
        }
        assertThat(accepted).isEqualTo(SERIES);
        return accepted;
    }

    private static Map<String, Object> uniqueLabels(int request) {
        List<Map<String, Object>> points = new ArrayList<>(LABELS_OF_ONE);
        for (int i = 0; i < LABELS_OF_ONE; i++) {
            points.add(Map.of(
                    "kind",
                    "map",
                    "labels",
                    Map.of("map", "m" + (request * LABELS_OF_ONE + i)),
                    "fields",
                    Map.of("player_count", 1)));
        }
        return Map.of("host", GREEDY, "points", points);
    }

    private JsonNode ledger(SixProcesses six) {
        String day = LocalDate.ofInstant(begin, ZoneOffset.UTC).toString();
        Answer answer =
                six.api(Service.QUERY_API, "viewer").strong().get("/api/v1/hosts/" + GREEDY + "/ledger?day=" + day);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.json();
    }
}
