package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sessions of streaming peers, their users, and the dashboard's data. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class SessionApiTest extends RunningApi {
    private static final String HOST = "p2p-analytics";
    private final String session = "s-" + UUID.randomUUID();
    private final String user = "u-" + UUID.randomUUID();

    private Point connection(long time, double latency, String quality) {
        return Point.of(
                new Subject(
                        HOST,
                        Subject.CONNECTION,
                        Labels.of(Map.of("session", session, "user", user, "connection", "conn-001", "peer", "p-1"))),
                time,
                Map.of("latency_ms", latency, "bandwidth_mbps", 10.5, "packet_loss", 0.1, "jitter_ms", 5.0),
                Map.of(
                        "connection_type", "WebRTC",
                        "connection_quality", quality,
                        "ice_state", "connected",
                        "dtls_state", "connected"));
    }

    private Point stream(long time) {
        return Point.of(
                new Subject(
                        HOST,
                        Subject.STREAM,
                        Labels.of(Map.of("session", session, "user", user, "stream", "v-1", "content", "film"))),
                time,
                Map.of("bitrate_kbps", 4500.0, "frame_rate", 59.94, "start_time_ms", time - 1000.0),
                Map.of("quality_level", "FullHD"));
    }

    private void write(Point... points) {
        long now = Instant.now().toEpochMilli();
        writer.write(
                Topic.METRICS_POINTS,
                HOST,
                PointBatchCodec.encode(new PointBatch(HOST, "", 0, now, "", 0, false, List.of(points))));
    }

    private JsonNode strong(String path) {
        Api.Answer answer = api.get(path, as(viewer, "X-Read-Consistency", "strong"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aSessionIsWhatItsPlayerSent() {
        long now = Instant.now().toEpochMilli();
        write(connection(now - 2000, 45, "Excellent"), connection(now - 1000, 50, "Good"), stream(now - 1500));

        JsonNode answer = strong("/api/p2p/analytics/session/" + session);
        assertThat(answer.path("session_id").asText()).isEqualTo(session);
        assertThat(answer.path("user_id").asText()).isEqualTo(user);
        assertThat(answer.path("network_metrics").path("latency_ms").asInt()).isEqualTo(50);
        assertThat(answer.path("connection_metrics")).hasSize(2);
        JsonNode oldest = answer.path("connection_metrics").get(1);
        assertThat(names(oldest))
                .contains(
                        "connection_id",
                        "session_id",
                        "user_id",
                        "peer_id",
                        "connection_type",
                        "latency_ms",
                        "bandwidth_mbps",
                        "packet_loss_percent",
                        "jitter_ms",
                        "connection_quality",
                        "ice_connection_state",
                        "dtls_transport_state",
                        "created_at",
                        "updated_at");
        assertThat(oldest.path("latency_ms").toString()).isEqualTo("45");
        assertThat(oldest.path("connection_quality").asText()).isEqualTo("Excellent");
        JsonNode stream = answer.path("streaming_metrics").get(0);
        assertThat(names(stream))
                .contains(
                        "stream_id",
                        "content_id",
                        "user_id",
                        "quality_level",
                        "bitrate_kbps",
                        "frame_rate",
                        "resolution_width",
                        "resolution_height",
                        "buffer_level_seconds",
                        "dropped_frames",
                        "total_frames",
                        "adaptive_switches",
                        "start_time",
                        "end_time",
                        "duration_seconds");
        assertThat(stream.path("end_time").isNull()).isTrue();
        assertThat(stream.path("resolution_width").isNull()).isTrue();

        JsonNode ofUser = strong("/api/p2p/analytics/user/" + user);
        assertThat(ofUser.path("user_id").asText()).isEqualTo(user);
        assertThat(ofUser.path("total").asInt()).isEqualTo(1);
        assertThat(ofUser.path("sessions").get(0).path("session_id").asText()).isEqualTo(session);

        JsonNode report = strong("/api/p2p/analytics/performance-report/" + user + "?days=2");
        assertThat(report.path("days").asInt()).isEqualTo(2);
        assertThat(report.path("average_latency_ms").asDouble()).isEqualTo(47.5);
        assertThat(report.path("success_rate").asDouble()).isEqualTo(100.0);
        assertThat(report.path("connection_quality").path("Good").asInt()).isEqualTo(1);
        assertThat(report.path("daily").get(0).path("connections").asInt()).isEqualTo(1);

        JsonNode stats = strong("/api/p2p/analytics/stats?hours=1");
        assertThat(stats.path("hours").asInt()).isEqualTo(1);
        assertThat(stats.path("total_sessions").asInt()).isPositive();
        assertThat(stats.path("p95_latency_ms").isNumber()).isTrue();
    }

    @Test
    void theDashboardHasItsFigures() {
        long now = Instant.now().toEpochMilli();
        write(connection(now - 1000, 45, "Excellent"), stream(now - 1000));
        String name = "live-" + UUID.randomUUID();
        Instant seen = Instant.now();
        HostLive host = new HostLive(
                name,
                HostStatus.UP,
                seen,
                seen,
                seen,
                0,
                Map.of(),
                Map.of("cpu_usage", 12.5),
                List.of(),
                new LinksLive(0, 0, null),
                false);
        writer.write(Topic.HOSTS_LIVE, name, Json.encode(host));
        Alert firing = SampleAlerts.of(name, AlertStatus.FIRING, null, seen);
        writer.write(Topic.ALERTS_ACTIVE, firing.key(), Json.encode(firing));

        strong("/api/p2p/analytics/stats");
        JsonNode realtime =
                api.get("/api/p2p/dashboard/realtime-metrics", as(viewer)).json();
        assertThat(realtime.path("active_users").asInt()).isPositive();
        assertThat(realtime.path("p2p_connections").asInt()).isPositive();
        assertThat(realtime.path("active_streams").asInt()).isPositive();
        assertThat(realtime.path("average_latency_ms").isNumber()).isTrue();
        assertThat(realtime.path("bandwidth_mbps").asDouble()).isEqualTo(10.5);
        assertThat(realtime.path("success_rate").asDouble()).isEqualTo(100.0);
        assertThat(names(realtime.path("system_metrics")))
                .contains(
                        "cpu_usage",
                        "memory_usage",
                        "network_throughput",
                        "active_streams",
                        "total_peers",
                        "error_rate");

        JsonNode trends = strong("/api/p2p/dashboard/trends?hours=1");
        assertThat(trends.path("trends").findValuesAsText("name"))
                .contains("latency_ms", "bandwidth_mbps", "bitrate_kbps", "active_users");
        assertThat(trends.path("trends").get(0).path("points")).isNotEmpty();
        await().untilAsserted(() -> assertThat(api.get("/api/p2p/dashboard/alerts", as(viewer))
                        .json()
                        .path("alerts")
                        .findValuesAsText("host"))
                .contains(name));
    }

    @Test
    void thePageIsOneThatRuns() {
        Api.Answer page = api.get("/api/p2p/dashboard/", as(viewer));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.raw().headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'");
        assertThat(page.text()).contains("/api/p2p/dashboard/page.js").doesNotContain("http://", "https://");
        for (String part : List.of("page.js", "page.css")) {
            assertThat(api.get("/api/p2p/dashboard/" + part, as(viewer)).status())
                    .as(part)
                    .isEqualTo(200);
        }
        assertThat(api.get("/api/p2p/dashboard/page.html", as(viewer)).status()).isEqualTo(404);
    }

    @Test
    void whatNobodyTold() {
        for (String path : List.of("session/nobody", "user/nobody", "performance-report/nobody")) {
            Api.Answer nobody = api.get("/api/p2p/analytics/" + path, as(viewer));
            assertThat(nobody.status()).as(path).isEqualTo(404);
            assertThat(nobody.code()).as(path).isEqualTo("not_found");
        }
    }

    @Test
    void wrongQuestionsAndWrongPeople() {
        assertWrong("/api/p2p/analytics/stats?hours=0", "bad_parameter", "hours");
        assertWrong("/api/p2p/analytics/stats?hours=many", "bad_parameter", "hours");
        assertWrong("/api/p2p/analytics/stats?hours=169", "range_too_wide", "hours");
        assertWrong("/api/p2p/analytics/stats?days=1", "unknown_field", "days");
        assertWrong("/api/p2p/analytics/performance-report/x?days=8", "range_too_wide", "days");
        assertWrong("/api/p2p/dashboard/trends?hours=1000", "range_too_wide", "hours");
        for (String path : List.of(
                "analytics/session/x",
                "analytics/user/x",
                "analytics/stats",
                "analytics/performance-report/x",
                "dashboard/",
                "dashboard/realtime-metrics",
                "dashboard/alerts",
                "dashboard/trends")) {
            assertThat(api.get("/api/p2p/" + path).status()).as(path).isEqualTo(401);
            assertThat(api.get("/api/p2p/" + path, as(fleet)).status()).as(path).isEqualTo(403);
        }
    }
}
