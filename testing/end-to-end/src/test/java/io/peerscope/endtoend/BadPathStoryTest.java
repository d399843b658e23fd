package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.Signals;
import io.peerscope.testkit.story.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything that goes wrong gets the documented answer, and nothing of it stays. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class BadPathStoryTest {
    private static final String INGEST = "/api/v1/ingest";
    private static final int TOO_MUCH = 11 << 20;
    private static final Duration UNAVAILABLE_WITHIN = Duration.ofSeconds(3);
    private static final Duration RECOVERS_WITHIN = Duration.ofSeconds(30);

    @Test
    void aBodyThatCannotBeReadIsMalformed(PeerscopeProcess peerscope) {
        isProblem(peerscope.api("fleet").postText(INGEST, "{\"host\":\"bad-host\",\"points\":["), 400, "malformed");
    }

    @Test
    void aNumberThatIsNoneIsRefused(PeerscopeProcess peerscope) {
        Api fleet = peerscope.api("fleet");
        String bare = "{\"host\":\"bad-host\",\"points\":[{\"fields\":{\"cpu_usage\":NaN}}]}";
        isProblem(fleet.postText(INGEST, bare), 400, "bad_value");
        isProblem(fleet.postText(INGEST, bare.replace("NaN", "1e999")), 400, "bad_value");
        Answer mixed = fleet.postText(
                INGEST, "{\"host\":\"bad-host\",\"points\":[{\"fields\":{\"cpu_usage\":1e999,\"memory_usage\":50}}]}");
        assertThat(mixed.status()).as(mixed.toString()).isEqualTo(200);
        assertThat(mixed.at("/accepted").asInt()).isEqualTo(1);
        assertThat(mixed.at("/rejected").asInt()).isEqualTo(1);
        assertThat(mixed.at("/errors/0/code").asText()).isEqualTo("bad_value");
        assertThat(mixed.at("/errors/0/index").asInt()).isZero();
    }

    @Test
    void anUnknownFieldIsNamed(PeerscopeProcess peerscope) {
        Answer answer = peerscope
                .api("fleet")
                .post(INGEST, Map.of("host", "bad-host", "pionts", List.of(), "points", points()));
        isProblem(answer, 400, "unknown_field");
        assertThat(answer.at("/detail").asText()).contains("pionts");
    }

    @Test
    void withoutARightCredentialNothingGoes(PeerscopeProcess peerscope) {
        Map<String, Object> batch = Map.of("host", "bad-host", "points", points());
        Api fleet = peerscope.api("fleet");
        isProblem(fleet.anonymous().post(INGEST, batch), 401, "unauthenticated");
        String wrong = peerscope.tokens().of("fleet").replaceFirst(".$", "x");
        isProblem(new Api(peerscope.address(), wrong).post(INGEST, batch), 401, "unauthenticated");
        isProblem(new Api(peerscope.address(), wrong).get("/api/v1/hosts"), 401, "unauthenticated");
        isProblem(peerscope.api("viewer").post(INGEST, batch), 403, "forbidden");
    }

    @Test
    void aHostWritesForItselfOnly(PeerscopeProcess peerscope) {
        Answer made = peerscope.api("admin").post("/api/v1/hosts", Map.of("host", "own-host"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        Api host = new Api(peerscope.address(), made.at("/token").asText());
        Story.begin("host token").holdsWithin(Duration.ofSeconds(5), "the new token works", () -> assertThat(
                        host.post(INGEST, Map.of("host", "own-host", "points", points()))
                                .status())
                .isEqualTo(200));
        isProblem(host.post(INGEST, Map.of("host", "other-host", "points", points())), 403, "host_mismatch");
        Api strong = peerscope.api("viewer").strong();
        assertThat(strong.get("/api/v1/hosts?q=other-host").at("/total").asInt())
                .isZero();
        assertThat(peerscope.database().number("select count(*) from subject where host = 'other-host'"))
                .isZero();
    }

    @Test
    void aBodyOfElevenMebibytesIsTooLarge(PeerscopeProcess peerscope) {
        String padding = " ".repeat(TOO_MUCH);
        isProblem(peerscope.api("fleet").postText(INGEST, padding), 413, "body_too_large");
    }

    @Test
    void viewersOnlyLook(PeerscopeProcess peerscope) {
        Api viewer = peerscope.api("viewer");
        isProblem(viewer.post("/api/v1/rules", rule(80)), 403, "forbidden");
        isProblem(viewer.patch("/api/v1/alerts/nobody", Map.of("status", "acknowledged")), 403, "forbidden");
        isProblem(viewer.post("/api/v1/hosts", Map.of("host", "own-host-2")), 403, "forbidden");
        isProblem(viewer.get("/api/v1/audit"), 403, "forbidden");
    }

    @Test
    void whatIsNotThereIsNotFound(PeerscopeProcess peerscope) {
        Api operator = peerscope.api("operator");
        isProblem(operator.patch("/api/v1/alerts/nobody", Map.of("status", "acknowledged")), 404, "not_found");
        isProblem(operator.get("/api/v1/rules/nobody"), 404, "not_found");
        isProblem(operator.get("/api/v1/nothing"), 404, "not_found");
    }

    @Test
    void aWrongRuleIsRefusedWithItsReason(PeerscopeProcess peerscope) {
        Api admin = peerscope.api("admin");
        isProblem(admin.post("/api/v1/rules", Map.of("id", "no_limit", "metric", "cpu_usage")), 400, "rule_invalid");
        isProblem(admin.post("/api/v1/rules", rule("hot")), 400, "rule_invalid");
        isProblem(admin.get("/api/v1/rules/bad_rule"), 404, "not_found");
    }

    @Test
    void aQueryThatIsTooWideIsRefusedAndAWrongOneExplained(PeerscopeProcess peerscope) {
        Api viewer = peerscope.api("viewer");
        isProblem(viewer.get("/api/v1/metrics/historical?timeframe=soon&metrics=cpu_usage"), 400, "bad_parameter");
        isProblem(
                viewer.get("/api/v1/metrics/historical?timeframe=1h&metrics=cpu_usage&aggregate=mode"),
                400,
                "bad_parameter");
    }

    @Test
    void withoutABrokerIngestSaysSoInTimeAndRecovers(PeerscopeProcess peerscope) {
        Story story = Story.begin("broker away");
        Api fleet = peerscope.api("fleet");
        // With a timestamp of its own: a batch whose answer was lost and that is sent again keeps its identity.
        Map<String, Object> point = Map.of("timestamp", Instant.now(), "fields", Map.of("cpu_usage", 50));
        Map<String, Object> batch = Map.of("host", "away-host", "batch", "away/1", "points", List.of(point));
        try (Signals.Paused paused = Signals.pause(peerscope.broker())) {
            Answer answer = fleet.post(INGEST, batch);
            story.tell(
                    "%d after %d ms, Retry-After %s",
                    answer.status(),
                    answer.took().toMillis(),
                    answer.header("retry-after").orElse("missing"));
            isProblem(answer, 503, "kafka_unavailable");
            assertThat(answer.took()).isLessThan(UNAVAILABLE_WITHIN.plusMillis(300));
            assertThat(answer.header("retry-after").orElse("")).matches("[1-9][0-9]*");
        }
        story.holdsWithin(RECOVERS_WITHIN, "the broker is back and takes the same batch", () -> assertThat(
                        fleet.post(INGEST, batch).status())
                .isEqualTo(200));
        assertThat(peerscope
                        .api("viewer")
                        .strong()
                        .get("/api/v1/hosts/away-host")
                        .status())
                .isEqualTo(200);
        assertThat(peerscope.database().number("select count(*) from sample where host = 'away-host'"))
                .as("stored once, however often it was sent")
                .isEqualTo(1);
    }

    @Test
    void withoutADatabaseIngestAndAlertsGoOn(PeerscopeProcess peerscope) {
        Story story = Story.begin("database away");
        Api fleet = peerscope.api("fleet");
        Api viewer = peerscope.api("viewer");
        Map<String, Object> batch = Map.of("host", "no-db-host", "batch", "away/2", "points", points());
        String question = "/api/v1/metrics/historical?timeframe=1h&metrics=cpu_usage&hosts=no-db-host";
        try (Signals.Paused paused = Signals.pause(peerscope.postmaster())) {
            Answer posted = fleet.post(INGEST, batch);
            assertThat(posted.status()).as(posted.toString()).isEqualTo(200);
            Answer active = viewer.get("/api/v1/alerts/active");
            assertThat(active.status()).as(active.toString()).isEqualTo(200);
            assertThat(viewer.get("/api/v1/metrics/realtime").status()).isEqualTo(200);
            Answer history = viewer.get(question);
            story.tell(
                    "history: %d after %d ms", history.status(), history.took().toMillis());
            isProblem(history, 503, "database_unavailable");
            assertThat(history.header("retry-after").orElse("")).matches("[1-9][0-9]*");
        }
        story.holdsWithin(RECOVERS_WITHIN, "the database is back and gets what it missed", () -> {
            Answer history = viewer.strong().get(question);
            assertThat(history.status()).as(history.toString()).isEqualTo(200);
            assertThat(history.at("/series/0/points/0/1").asDouble()).isEqualTo(50);
        });
    }

    private static List<Object> points() {
        return List.of(Map.of("fields", Map.of("cpu_usage", 50)));
    }

    private static Map<String, Object> rule(Object warning) {
        return Map.of("id", "bad_rule", "metric", "cpu_usage", "operator", ">", "warning", warning);
    }

    /** RFC 9457, with the status and the code that are documented. */
    private static void isProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.at("/status").asInt()).isEqualTo(status);
        assertThat(answer.at("/title").asText()).isNotBlank();
        assertThat(answer.at("/detail").asText()).isNotBlank();
    }
}
