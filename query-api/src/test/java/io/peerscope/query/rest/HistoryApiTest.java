package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordLoop;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions about the past. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class HistoryApiTest extends RunningApi {
    @Test
    void pointsInTheTopicAreAnswersOfTheApi() {
        String host = "h-" + UUID.randomUUID();
        Subject subject = new Subject(host, "host", Labels.of("region", "eu"));
        long now = Instant.now().toEpochMilli();
        List<Point> points = List.of(
                Point.of(subject, now - 2000, Map.of("cpu_usage", 10.0, "memory_usage", 50.0)),
                Point.of(subject, now - 1000, Map.of("cpu_usage", 30.0)));
        byte[] batch = PointBatchCodec.encode(new PointBatch(host, "", 0, now, "r", 0, false, points));
        writer.write(Topic.METRICS_POINTS, host, batch);
        writer.write(Topic.METRICS_POINTS, host, batch);

        Api.Answer answer = api.get(
                "/api/v1/metrics/historical?timeframe=1h&metrics=cpu_usage,memory_usage&aggregate=sum&max_points=1&hosts="
                        + host,
                as(viewer, "X-Read-Consistency", "strong"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("tier").asText()).isEqualTo("raw");
        assertThat(answer.json().path("series")).hasSize(2);
        JsonNode cpu = answer.json().path("series").get(0);
        assertThat(cpu.path("metric").asText()).isEqualTo("cpu_usage");
        assertThat(cpu.path("host").asText()).isEqualTo(host);
        assertThat(cpu.path("labels").path("region").asText()).isEqualTo("eu");
        assertThat(sum(cpu)).isEqualTo(40.0);

        Api.Answer csv = api.get(
                "/api/v1/metrics/historical?metrics=cpu_usage&format=csv&aggregate=count&hosts=" + host, as(viewer));
        assertThat(csv.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.text())
                .startsWith("time,metric,host,kind,labels,value\r\n")
                .contains(",cpu_usage," + host);
    }

    private static double sum(JsonNode series) {
        double sum = 0;
        for (JsonNode point : series.path("points")) {
            sum += point.get(1).asDouble();
        }
        return sum;
    }

    @Test
    void brokenRecordsGoToTheDeadLettersAndTheRestGoesOn() {
        String host = "h-" + UUID.randomUUID();
        writer.write(Topic.METRICS_POINTS, host, new byte[] {1, 2, 3});
        long now = Instant.now().toEpochMilli();
        Point point = Point.of(new Subject(host, "host", Labels.none()), now, Map.of("cpu_usage", 1.0));
        writer.write(
                Topic.METRICS_POINTS,
                host,
                PointBatchCodec.encode(new PointBatch(host, "", 0, now, "", 0, false, List.of(point))));

        Api.Answer answer = api.get(
                "/api/v1/metrics/historical?metrics=cpu_usage&hosts=" + host,
                as(viewer, "X-Read-Consistency", "strong"));
        assertThat(answer.json().path("series")).hasSize(1);
        List<String> letters = new ArrayList<>();
        try (RecordLoop loop = new RecordLoop(
                        clients,
                        "test-letters",
                        List.of(Topic.METRICS_POINTS_DLQ),
                        RecordLoop.From.BEGINNING,
                        row -> letters.add(row.key()))
                .start()) {
            await().until(() -> letters.contains(host));
        }
    }

    @Test
    void theCatalogueSpeaksLowerCaseAndKnowsStates() {
        JsonNode answer = api.get("/api/v1/catalog/metrics", as(viewer)).json();
        assertThat(answer.path("total").asInt())
                .isEqualTo(answer.path("metrics").size());
        JsonNode cpu = answer.path("metrics").get(0);
        assertThat(cpu.path("name").asText()).isEqualTo("cpu_usage");
        assertThat(cpu.path("type").asText()).isEqualTo("gauge");
        assertThat(cpu.path("aliases").isArray()).isTrue();
        assertThat(answer.path("states").findValuesAsText("name")).contains("map_status", "ice_state");
    }

    @Test
    void wrongQuestionsAreAnsweredWithWhatIsWrong() {
        assertWrong("/api/v1/metrics/historical", "missing_field", "metrics");
        assertWrong("/api/v1/metrics/historical?metrics=cpu_usage&agregate=max", "unknown_field", "agregate");
        assertWrong("/api/v1/metrics/historical?metrics=cpu_usage&aggregate=mean", "bad_parameter", "aggregate");
        assertWrong("/api/v1/metrics/historical?metrics=cpu_usage&from=yesterday", "bad_timestamp", "from");
        assertWrong("/api/v1/metrics/historical?metrics=cpu_usage&timeframe=2h", "bad_parameter", "timeframe");
        assertWrong("/api/v1/metrics/historical?metrics=cpu_usage&max_points=0", "bad_parameter", "max_points");
        assertWrong("/api/v1/metrics/historical?metrics=cpu_usage&kind=hots", "bad_parameter", "kind");
        assertWrong("/api/v1/metrics/historical?metrics=cpu_usage&group_by=none,host", "bad_parameter", "group_by");
        Api.Answer tooWide = api.get(
                "/api/v1/metrics/historical?metrics=cpu_usage,player_count&aggregate=p95&timeframe=7d", as(viewer));
        assertThat(tooWide.status()).isEqualTo(400);
        assertThat(tooWide.code()).isEqualTo("range_too_wide");
    }

    @Test
    void groupingByALabelThatNobodyHasNamesThoseThereAre() {
        String host = "h-" + UUID.randomUUID();
        long now = Instant.now().toEpochMilli();
        Point point = Point.of(new Subject(host, "host", Labels.of("region", "eu")), now, Map.of("cpu_usage", 1.0));
        writer.write(
                Topic.METRICS_POINTS,
                host,
                PointBatchCodec.encode(new PointBatch(host, "", 0, now, "", 0, false, List.of(point))));
        String path = "/api/v1/metrics/historical?metrics=cpu_usage&hosts=" + host + "&group_by=";

        Api.Answer wrong = api.get(path + "regoin", as(viewer, "X-Read-Consistency", "strong"));
        assertWrong(wrong, "bad_parameter", "group_by");
        assertThat(wrong.text()).contains("region");
        assertThat(api.get(path + "region&group_by=host", as(viewer))
                        .json()
                        .path("series")
                        .get(0)
                        .path("labels")
                        .path("region")
                        .asText())
                .isEqualTo("eu");
    }

    private static final String HISTORY = "/api/v1/metrics/historical?";

    private void send(Subject subject, long time, double cpu) {
        Point point = Point.of(subject, time, Map.of("cpu_usage", cpu));
        writer.write(
                Topic.METRICS_POINTS,
                subject.host(),
                PointBatchCodec.encode(new PointBatch(subject.host(), "", 0, time, "", 0, false, List.of(point))));
    }

    @Test
    void whatNobodyEverSentIsRefusedWithWhatIsAlike() {
        String host = "h-" + UUID.randomUUID();
        String other = host.substring(0, host.length() - 1) + "x";
        send(new Subject(host, "host", Labels.of("realm", "one")), Instant.now().toEpochMilli(), 1);
        // acknowledged a moment ago, so not unknown, whether or not it is stored
        assertThat(api.get(HISTORY + "metrics=cpu_usage&hosts=" + host, as(viewer))
                        .status())
                .isEqualTo(200);
        for (String path : List.of(HISTORY + "metrics=", "/api/v1/metrics/trends?metric=")) {
            String parameter = path.startsWith(HISTORY) ? "metrics" : "metric";
            told(path + "cpu_usge", parameter, "cpu_usage");
            told(path + "map_status", parameter, "state");
            told(path + "cpu_usage&hosts=" + other, "hosts", host);
            told(path + "cpu_usage&labels=raelm:one", "labels", "realm");
            told(path + "cpu_usage&labels=realm:onee", "labels", "one");
            told(path + "cpu_usage&labels=realm", "labels", "name:value");
        }
        Api.Answer mixed = api.get(HISTORY + "metrics=cpu_usage&hosts=" + host + "," + other, as(viewer));
        assertWrong(mixed, "bad_parameter", "hosts");
    }

    private void told(String path, String field, String hint) {
        Api.Answer answer = api.get(path, as(viewer));
        assertWrong(answer, "bad_parameter", field);
        assertThat(answer.json().path("detail").asText()).contains(hint);
    }

    @Test
    void whatExistsWithoutDataIsAnEmptyAnswerWithItsRange() {
        String host = "h-" + UUID.randomUUID();
        String registration = "{\"host\":\"" + host + "\"}";
        assertThat(api.send("POST", "/api/v1/hosts", registration, as(admin)).status())
                .isEqualTo(201);
        JsonNode answer =
                api.get(HISTORY + "metrics=cpu_usage&hosts=" + host, as(viewer)).json();
        assertThat(answer.path("series")).isEmpty();
        assertThat(Instant.parse(answer.path("to").asText()))
                .isAfter(Instant.parse(answer.path("from").asText()));
    }

    @Test
    void theFutureIsCutOff() {
        Instant before = Instant.now();
        Api.Answer answer =
                api.get(HISTORY + "metrics=cpu_usage&timeframe=24h&to=" + before.plusSeconds(86_400 * 365), as(viewer));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Instant.parse(answer.json().path("to").asText())).isBetween(before, Instant.now());
        assertThat(answer.json().path("step_seconds").asInt()).isLessThanOrEqualTo(180);
        assertWrong(HISTORY + "metrics=cpu_usage&from=" + before.plusSeconds(3_600), "bad_parameter", "from");
        assertWrong(HISTORY + "metrics=cpu_usage&to=%2B999999999-12-31T00:00:00Z", "bad_timestamp", "to");
        assertWrong(HISTORY + "metrics=cpu_usage&from=1763719200", "bad_timestamp", "from");
    }

    @Test
    void labelsMayHaveAnyValue() {
        String host = "h-" + UUID.randomUUID();
        long now = Instant.now().toEpochMilli();
        send(new Subject(host, "map", Labels.of("map", "a, b: \"c\"")), now, 1);
        send(new Subject(host, "map", Labels.of("map", "plain")), now, 2);
        send(new Subject(host, "map", Labels.none()), now, 3);
        String question = HISTORY + "metrics=cpu_usage&aggregate=max&max_points=1&hosts=" + host;
        String quoted = "&labels=" + URLEncoder.encode("map:\"a, b: \\\"c\\\"\"", StandardCharsets.UTF_8);
        assertThat(api.get(question, as(viewer, "X-Read-Consistency", "strong"))
                        .json()
                        .path("series"))
                .hasSize(3);
        assertThat(values(question + quoted)).containsExactly(1.0);
        assertThat(values(question + "&labels=map:plain")).containsExactly(2.0);
        assertThat(values(question + quoted + "&labels=map:plain")).containsExactlyInAnyOrder(1.0, 2.0);
        assertThat(values(question + "&labels=map:")).containsExactly(3.0);
    }

    private List<Double> values(String question) {
        List<Double> values = new ArrayList<>();
        for (JsonNode series : api.get(question, as(viewer)).json().path("series")) {
            values.add(sum(series));
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json, text/csv;q=0.5 | application/json",
                "application/json;q=0.5, text/csv | text/csv",
                "text/csv;q=0, */*                | application/json",
                "text/*                           | text/csv",
                "text/html, */*;q=0.8             | application/json",
            })
    void theFormIsNegotiated(String accept, String type) {
        Api.Answer answer = api.get(HISTORY + "metrics=cpu_usage", as(viewer, "Accept", accept));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(answer.raw().headers().allValues("Vary")).anyMatch(vary -> vary.contains("Accept"));
    }

    @Test
    void aFormThatThereIsNotIsNotAcceptable() {
        for (String accept : List.of("application/xml", "text/csv;q=0, application/json;q=0")) {
            Api.Answer answer = api.get(HISTORY + "metrics=cpu_usage", as(viewer, "Accept", accept));
            assertThat(answer.status()).as(accept).isEqualTo(406);
            assertThat(answer.code()).isEqualTo("not_acceptable");
        }
    }
}
