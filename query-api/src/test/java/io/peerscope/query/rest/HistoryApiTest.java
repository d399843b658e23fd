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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

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
        assertWrong("/api/v1/metrics/historical?metrics=a&agregate=max", "unknown_field", "agregate");
        assertWrong("/api/v1/metrics/historical?metrics=a&aggregate=mean", "bad_parameter", "aggregate");
        assertWrong("/api/v1/metrics/historical?metrics=a&from=yesterday", "bad_timestamp", "from");
        assertWrong("/api/v1/metrics/historical?metrics=a&timeframe=2h", "bad_parameter", "timeframe");
        assertWrong("/api/v1/metrics/historical?metrics=a&max_points=0", "bad_parameter", "max_points");
        assertWrong("/api/v1/metrics/historical?metrics=a&kind=hots", "bad_parameter", "kind");
        assertWrong("/api/v1/metrics/historical?metrics=a&group_by=none,host", "bad_parameter", "group_by");
        Api.Answer tooWide = api.get("/api/v1/metrics/historical?metrics=a&aggregate=p95&timeframe=7d", as(viewer));
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
}
