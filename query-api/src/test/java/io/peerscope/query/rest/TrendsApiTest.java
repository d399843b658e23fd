package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What series come to. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class TrendsApiTest extends RunningApi {
    @Test
    void aHostOfTodayHasNoFutureYet() {
        String host = "h-" + UUID.randomUUID();
        long now = Instant.now().toEpochMilli();
        long hourAgo = now - 3_600_000;
        Point point = Point.of(new Subject(host, "host", Labels.none()), hourAgo, Map.of("disk_usage", 97.0));
        writer.write(
                Topic.METRICS_POINTS,
                host,
                PointBatchCodec.encode(new PointBatch(host, "", 0, now, "r", 0, false, List.of(point))));
        Rollup minute = new Rollup(
                point.subject(),
                point.shape(),
                hourAgo / 60_000 * 60_000,
                new long[] {1},
                new double[] {97},
                new double[] {97},
                new double[] {97},
                new double[] {97},
                new double[0],
                new double[0],
                new byte[0],
                new long[0],
                new long[0]);
        writer.write(
                Topic.METRICS_ROLLUPS,
                host,
                RollupBatchCodec.encode(new RollupBatch(host, 60_000, List.of(minute), List.of(), -1)));

        String address = "/api/v1/metrics/trends?metric=disk_usage&hosts=" + host;
        // An hour that others have closed takes up a late minute with the next run of the job.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get(address, as(viewer)).json().path("total").asInt() == 1);
        Api.Answer answer = api.get(address, as(viewer));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("unit").asText()).isEqualTo("percent");
        assertThat(answer.json().path("step_seconds").asInt()).isEqualTo(3600);
        JsonNode series = answer.json().path("series").get(0);
        assertThat(series.path("host").asText()).isEqualTo(host);
        assertThat(series.path("comparison").path("value").asDouble()).isEqualTo(97.0);
        assertThat(series.path("comparison").path("verdict").asText()).isEqualTo("unknown");
        assertThat(series.path("trend").path("reason").asText()).isEqualTo("too_short");
        assertThat(series.path("trend").path("slope_per_day").isNull()).isTrue();
        JsonNode forecast = series.path("forecast");
        assertThat(forecast.path("verdict").asText()).isEqualTo("unknown");
        assertThat(forecast.path("limit").asDouble()).isEqualTo(100.0);
        assertThat(forecast.path("in_days").isNull()).isTrue();
        assertThat(forecast.path("summary").asText()).contains("too little history");
    }

    @Test
    void wrongQuestionsAreAnsweredWithWhatIsWrong() {
        assertWrong("/api/v1/metrics/trends", "missing_field", "metric");
        assertWrong("/api/v1/metrics/trends?metrics=a", "unknown_field", "metrics");
        assertWrong("/api/v1/metrics/trends?metric=a&weeks=53", "bad_parameter", "weeks");
        assertWrong("/api/v1/metrics/trends?metric=a&limit=full", "bad_parameter", "limit");
        assertWrong("/api/v1/metrics/trends?metric=a&direction=sideways", "bad_parameter", "direction");
        assertWrong("/api/v1/metrics/trends?metric=a&horizon_days=0", "bad_parameter", "horizon_days");
        assertWrong("/api/v1/metrics/trends?metric=a&aggregate=mean", "bad_parameter", "aggregate");
    }

    /** Of a field without sketches they need raw points, which are not kept for weeks. */
    @Test
    void percentilesThatAreNotKeptAreRefusedWithTheReason() {
        Api.Answer answer = api.get("/api/v1/metrics/trends?metric=uptime_seconds&aggregate=p95", as(viewer));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("code").asText()).isEqualTo("range_too_wide");
        assertThat(answer.text()).contains("made of raw points, which are kept for 24 hours");
    }
}
