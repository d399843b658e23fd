package io.peerscope.ingest.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsProtocolTest {
    private static final String CONNECTION = "/api/p2p/analytics/connection-metrics";
    private static final String STREAM = "/api/p2p/analytics/streaming-metrics";
    /** As the source of these doors has it in its manual tests. */
    private static final String CONNECTED = """
        {
            "session_id": "test-session-001",
            "user_id": "test-user-001",
            "connection_id": "conn-001",
            "peer_id": "peer-001",
            "connection_type": "WebRTC",
            "latency_ms": 45,
            "bandwidth_mbps": 10.5,
            "packet_loss_percent": 0.1,
            "jitter_ms": 5,
            "connection_quality": "Excellent",
            "ice_connection_state": "connected",
            "dtls_transport_state": "connected"
        }\
        """;

    private static final String STREAMED = """
        {"stream_id": "s-1", "content_id": "film", "user_id": "u-1", "session_id": "x", "quality_level": "FullHD",
         "bitrate_kbps": 4500, "frame_rate": 59.94, "resolution_width": 1920, "resolution_height": 1080,
         "buffer_level_seconds": 8.5, "dropped_frames": 3, "total_frames": 54000, "adaptive_switches": 2,
         "start_time": "2025-11-21T00:00:00Z", "end_time": null, "duration_seconds": 900.5}\
        """;

    private final FakeBatchLog log = new FakeBatchLog();
    private final Door door = new Door(log, HttpLimits.standard(), 64 << 20);

    @AfterEach
    void everythingBalances() {
        assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        door.close();
    }

    private static Map<String, Double> fields(Point point) {
        Map<String, Double> fields = new HashMap<>();
        for (int i = 0; i < point.shape().size(); i++) {
            fields.put(point.shape().field(i), point.values()[i]);
        }
        return fields;
    }

    @Test
    void aConnectionIsAPointThatSessionUserAndPeerFind() throws Exception {
        Door.Response answer = door.post(CONNECTION, "fleet", CONNECTED);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(4);
        PointBatch batch = log.appended.getFirst();
        assertThat(batch.host()).isEqualTo("p2p-analytics");
        Point point = batch.points().getFirst();
        assertThat(point.subject().kind()).isEqualTo("connection");
        assertThat(point.timestamp()).isEqualTo(Drafts.NOW);
        assertThat(point.subject().labels().asMap())
                .isEqualTo(Map.of(
                        "session", "test-session-001",
                        "user", "test-user-001",
                        "connection", "conn-001",
                        "peer", "peer-001"));
        assertThat(fields(point))
                .isEqualTo(Map.of("latency_ms", 45.0, "bandwidth_mbps", 10.5, "packet_loss", 0.1, "jitter_ms", 5.0));
        assertThat(point.states())
                .isEqualTo(Map.of(
                        "connection_type", "WebRTC",
                        "connection_quality", "Excellent",
                        "ice_state", "connected",
                        "dtls_state", "connected"));
    }

    @Test
    void aStreamIsAPointWithTimesAsNumbers() throws Exception {
        assertThat(door.post(STREAM, "h1", STREAMED).status()).isEqualTo(201);

        PointBatch batch = log.appended.getFirst();
        assertThat(batch.host()).isEqualTo("h1");
        Point point = batch.points().getFirst();
        assertThat(point.subject().kind()).isEqualTo("stream");
        assertThat(point.subject().labels().asMap())
                .isEqualTo(Map.of("stream", "s-1", "content", "film", "user", "u-1", "session", "x"));
        assertThat(fields(point))
                .hasSize(10)
                .containsEntry("start_time_ms", 1_763_683_200_000.0)
                .containsEntry("adaptive_switches", 2.0)
                .doesNotContainKey("end_time_ms");
        assertThat(point.states()).isEqualTo(Map.of("quality_level", "FullHD"));
    }

    @Test
    void whoGivesATimeIsKnownAgainWhenHeSendsTwice() throws Exception {
        String timed = CONNECTED.replace("{", "{\"host\":\"h1\",\"timestamp\":" + Drafts.NOW + ",");

        assertThat(door.post(CONNECTION, "fleet", timed)
                        .json()
                        .path("duplicate")
                        .asBoolean())
                .isFalse();
        assertThat(door.post(CONNECTION, "fleet", timed)
                        .json()
                        .path("duplicate")
                        .asBoolean())
                .isTrue();
        assertThat(log.appended).hasSize(1);
        assertThat(log.appended.getFirst().host()).isEqualTo("h1");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"latency_ms\": 45', '\"latency_ms\": -1', bad_value, latency_ms",
        "'\"latency_ms\": 45', '\"latency_ms\": \"45\"', bad_value, latency_ms",
        "'\"packet_loss_percent\": 0.1', '\"packet_loss_percent\": 101', bad_value, packet_loss_percent",
        "'\"session_id\": \"test-session-001\",', '', missing_field, session_id",
        "'\"peer-001\"', '\"\"', bad_value, peer_id",
        "'\"peer-001\"', '\"a\\u0000b\"', bad_value, peer_id",
        "'\"jitter_ms\"', '\"jitter\"', unknown_field, jitter",
        "'{', '{\"timestamp\":\"never\",', bad_timestamp, timestamp"
    })
    void aBodyIsTakenWholeOrNotAtAll(String good, String bad, String code, String field) throws Exception {
        Door.Response answer = door.post(CONNECTION, "fleet", CONNECTED.replace(good, bad));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("errors").findValuesAsText("field")).contains(field);
        assertThat(log.appended).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "fleet, '[]', 400, malformed",
        "fleet, '{', 400, malformed",
        "fleet, '{\"stream_id\":\"s\"}', 400, missing_field",
        "h1, '{\"stream_id\":\"s\",\"host\":\"h2\",\"frame_rate\":1}', 403, host_mismatch",
        "viewer, '{}', 403, forbidden",
        "nobody, '{}', 401, unauthenticated"
    })
    void whatCannotBeTakenIsAProblem(String token, String body, int status, String code) throws Exception {
        Door.Response answer = door.post(STREAM, token, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
