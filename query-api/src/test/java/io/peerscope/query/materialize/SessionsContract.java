package io.peerscope.query.materialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.query.session.DayReport;
import io.peerscope.query.session.SessionAnalytics;
import io.peerscope.query.session.SessionFilter;
import io.peerscope.query.session.SessionStats;
import io.peerscope.query.store.FreshDatabase;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.Retention;
import io.peerscope.query.store.SessionReader;
import io.peerscope.query.store.SessionStatsReader;
import io.peerscope.query.store.Tiers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From points to the tables and views that people and panels read. */
abstract class SessionsContract {
    private static final long T = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> refused = new ArrayList<>();
    private long next;

    @SuppressWarnings("NullAway.Init")
    private Storing<PointBatch, ?> points;

    abstract FreshDatabase fresh();

    @BeforeEach
    void locate() throws SQLException {
        points = new Storing<>(
                fresh().pooled(),
                new PointSink(fresh().pooled(), new Ids(), Duration.ofSeconds(10)),
                (row, why) -> refused.add(why));
        points.locate(List.of(0));
    }

    @AfterEach
    void nothingWasRefused() {
        assertThat(refused).isEmpty();
    }

    private static Point connection(
            String session, String user, String peer, long time, double latency, String quality, String ice) {
        Labels labels = Labels.of(Map.of("session", session, "user", user, "connection", "c-" + peer, "peer", peer));
        return Point.of(
                new Subject("p2p-analytics", Subject.CONNECTION, labels),
                time,
                Map.of("latency_ms", latency, "bandwidth_mbps", 10.5, "packet_loss", 0.25, "jitter_ms", 5.0),
                Map.of(
                        "connection_type",
                        "WebRTC",
                        "connection_quality",
                        quality,
                        "ice_state",
                        ice,
                        "dtls_state",
                        "connected"));
    }

    private static Point stream(Map<String, String> labels, long time, Map<String, Double> fields) {
        return Point.of(
                new Subject("p2p-analytics", Subject.STREAM, Labels.of(labels)),
                time,
                fields,
                Map.of("quality_level", "FullHD"));
    }

    /** All in one transaction, a record for each host. */
    private void store(Point... all) throws Exception {
        Map<String, List<Point>> byHost = Arrays.stream(all)
                .collect(Collectors.groupingBy(point -> point.subject().host()));
        List<Delivered<PointBatch>> records = new ArrayList<>();
        byHost.forEach((host, points) -> {
            byte[] bytes = PointBatchCodec.encode(new PointBatch(host, "", 0, T, "", 0, false, points));
            records.add(new Delivered<>(
                    new ConsumerRecord<>("metrics.points", 0, next++, host, bytes), PointBatchCodec.decode(bytes)));
        });
        points.store(records, Map.of(0, next));
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = fresh().pooled().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'UTC'");
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        columns.add(rows.getString(i));
                    }
                    found.add(String.join("|", columns));
                }
            }
        }
        return found;
    }

    private SessionReader reader() {
        return new SessionReader(fresh().pooled(), PATIENCE);
    }

    private SessionStats stats(Optional<String> user) {
        return new SessionStatsReader(fresh().pooled(), PATIENCE)
                .stats(
                        new SessionFilter(user, Instant.ofEpochMilli(T), Instant.ofEpochMilli(T + 60_000)),
                        Instant.ofEpochMilli(T + 20_000));
    }

    @Test
    void aMeasurementIsARowUnderTheColumnsOfItsForm() throws Exception {
        store(connection("s-1", "u-1", "p-1", T, 45, "Excellent", "connected"));

        assertThat(rows("select connection_id, session_id, user_id, peer_id, connection_type, latency_ms,"
                        + " bandwidth_mbps, packet_loss_percent, jitter_ms, connection_quality,"
                        + " ice_connection_state, dtls_transport_state, created_at, updated_at from"
                        + " p2p_connection_metrics"))
                .containsExactly("c-p-1|s-1|u-1|p-1|WebRTC|45|10.5|0.25|5|Excellent|connected|connected"
                        + "|2026-11-21 12:00:00+00|2026-11-21 12:00:00+00");
        assertThat(rows("select a.session_id, a.user_id, a.created_at, a.updated_at, network_metrics ->> 'latency_ms',"
                        + " network_metrics ->> 'connection_quality', network_metrics ->> 'as_of', system_metrics"
                        + " from p2p_analytics_aggregates a join p2p_connection_metrics c on c.analytics_id = a.id"))
                .containsExactly("s-1|u-1|2026-11-21 12:00:00+00|2026-11-21 12:00:00+00|45|Excellent"
                        + "|2026-11-21T12:00:00.000Z|{}");
    }

    @Test
    void aStreamIsARowAndEndsWhenItSaysSo() throws Exception {
        Map<String, String> labels = Map.of("session", "s-1", "user", "u-1", "stream", "v-1", "content", "film");
        Map<String, Double> fields = Map.of(
                "bitrate_kbps", 4500.0,
                "frame_rate", 59.94,
                "resolution_width", 1920.0,
                "resolution_height", 1080.0,
                "buffer_level_seconds", 8.5,
                "dropped_frames", 3.0,
                "total_frames", 54_000.0,
                "adaptive_switches", 2.0,
                "start_time_ms", (double) T - 900_000,
                "duration_seconds", 900.5);
        store(stream(labels, T, fields));
        store(stream(labels, T + 5000, Map.of("end_time_ms", (double) T + 5000, "total_frames", 1e300)));

        assertThat(rows("select stream_id, content_id, user_id, quality_level, bitrate_kbps, frame_rate,"
                        + " resolution_width, resolution_height, buffer_level_seconds, dropped_frames, total_frames,"
                        + " adaptive_switches, start_time, end_time, duration_seconds"
                        + " from p2p_streaming_metrics order by created_at"))
                .containsExactly(
                        "v-1|film|u-1|FullHD|4500|59.94|1920|1080|8.5|3|54000|2|2026-11-21 11:45:00+00|null|900.5",
                        "v-1|film|u-1|FullHD|null|null|null|null|null|null|null|null|null|2026-11-21 12:00:05+00|null");
    }

    @Test
    void whatComesAgainIsThereOnceAndWhatChangesIsShownChanged() throws Exception {
        Point first = connection("s-1", "u-1", "p-1", T, 45, "Excellent", "connected");
        store(first);
        store(first, connection("s-1", "u-1", "p-1", T + 1000, 50, "Good", "connected"));
        store(connection("s-1", "u-1", "p-1", T, 48, "Good", "connected"));
        store(connection("s-1", "u-1", "p-1", T - 1000, 44, "Excellent", "new"));

        assertThat(rows("select latency_ms, connection_quality, updated_at <> created_at from p2p_connection_metrics"
                        + " order by created_at"))
                .containsExactly("44|Excellent|f", "48|Good|t", "50|Good|f");
        assertThat(rows("select network_metrics ->> 'latency_ms', created_at, updated_at from"
                        + " p2p_analytics_aggregates"))
                .as("the newest holds, whatever came last")
                .containsExactly("50|2026-11-21 11:59:59+00|2026-11-21 12:00:01+00");
    }

    @Test
    void numbersThatAreNoneAreNotTold() throws Exception {
        Labels labels = Labels.of(Map.of("session", "s-1", "connection", "c", "peer", "p"));
        store(Point.of(
                new Subject("h1", Subject.CONNECTION, labels),
                T,
                Map.of("latency_ms", Double.NaN, "jitter_ms", Double.POSITIVE_INFINITY, "bandwidth_mbps", 1e-300)));

        assertThat(rows("select latency_ms, jitter_ms, bandwidth_mbps, user_id from p2p_connection_metrics"))
                .containsExactly("null|null|1e-300|");
    }

    @Test
    void onlyWhatBelongsToASessionIsThere() throws Exception {
        store(
                Point.of(new Subject("h1", Subject.CONNECTION, Labels.of("peer", "h2")), T, Map.of("latency_ms", 1.0)),
                stream(Map.of("stream", "h1-live"), T, Map.of("frame_rate", 30.0)),
                stream(Map.of("stream", "v-2", "user", "u-2"), T, Map.of("frame_rate", 25.0)),
                Point.of(
                        new Subject("h1", Subject.SESSION, Labels.of("session", "s-9")),
                        T,
                        Map.of("cpu_usage", 20.0, "network_throughput", 7.5)));

        assertThat(rows("select session_id, user_id, system_metrics ->> 'cpu_usage' from p2p_analytics_aggregates"
                        + " order by 1"))
                .containsExactly("s-9||20", "v-2|u-2|null");
        assertThat(rows("select stream_id from p2p_streaming_metrics")).containsExactly("v-2");
        assertThat(rows("select count(*) from p2p_connection_metrics")).containsExactly("0");
    }

    @Test
    void oldMeasurementsGoAndTheirSessionsWithTheLast() throws Exception {
        Duration day = Duration.ofDays(1);
        store(
                connection("s-1", "u-1", "p-1", T - day.toMillis() - 1, 45, "Good", "connected"),
                connection("s-2", "u-1", "p-1", T - day.toMillis() - 1, 45, "Good", "connected"),
                connection("s-2", "u-1", "p-1", T, 45, "Good", "connected"));
        Retention.Policy policy = new Retention.Policy(day, day, day, day, day, day, day, day, day, day);
        new Retention(fresh().pooled(), policy).run(Instant.ofEpochMilli(T));

        assertThat(rows("select session_id from p2p_analytics_aggregates")).containsExactly("s-2");
        assertThat(rows("select session_id from p2p_connection_metrics")).containsExactly("s-2");
    }

    @Test
    void measurementsGoWithTheirSession() throws Exception {
        store(connection("s-1", "u-1", "p-1", T, 45, "Excellent", "connected"));
        try (Connection connection = fresh().pooled().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from p2p_analytics_aggregates where session_id = 's-1'");
        }
        assertThat(rows("select * from p2p_connection_metrics")).isEmpty();
    }

    @Test
    void aSessionIsReadWithItsMeasurementsNewestFirst() throws Exception {
        store(
                connection("s-1", "u-1", "p-1", T, 45, "Excellent", "connected"),
                connection("s-1", "u-1", "p-2", T + 1000, 55.5, "Good", "connected"),
                connection("s-2", "u-1", "p-1", T + 2000, 65, "Good", "connected"),
                connection("s-3", "u-2", "p-1", T + 3000, 65, "Good", "connected"));

        SessionAnalytics session = reader().session("s-1").orElseThrow();
        assertThat(session.userId()).isEqualTo("u-1");
        assertThat(session.connectionMetrics()).extracting("latencyMs").containsExactly(55.5, 45L);
        assertThat(session.connectionMetricsTotal()).isEqualTo(2);
        assertThat(session.streamingMetrics()).isEmpty();
        assertThat(reader().session("s-4")).isEmpty();
        assertThat(reader().sessionsOf("u-1", 1, 50).items())
                .extracting(SessionAnalytics::sessionId)
                .containsExactly("s-2", "s-1");
        assertThat(reader().sessionsOf("u-1", 2, 1).items())
                .extracting(SessionAnalytics::sessionId)
                .containsExactly("s-1");
        assertThat(reader().sessionsOf("u-1", 2, 1).total()).isEqualTo(2);
        assertThat(reader().knows("u-2")).isTrue();
        assertThat(reader().knows("u-3")).isFalse();
    }

    @Test
    void measurementsAddUp() throws Exception {
        Map<String, String> film = Map.of("session", "s-1", "user", "u-1", "stream", "v-1", "content", "film");
        store(
                connection("s-1", "u-1", "p-1", T, 40, "Excellent", "checking"),
                connection("s-1", "u-1", "p-1", T + 1000, 60, "excellent", "connected"),
                connection("s-1", "u-1", "p-2", T + 1000, 110, "Poor", "failed"),
                connection("s-2", "u-2", "p-1", T + 2000, 30, "Good", "completed"),
                connection("s-2", "u-2", "p-1", T + 60_000, 1000, "Good", "completed"),
                stream(film, T + 1000, Map.of("dropped_frames", 1.0, "total_frames", 100.0, "bitrate_kbps", 1000.0)),
                stream(film, T + 30_000, Map.of("dropped_frames", 5.0, "total_frames", 200.0, "bitrate_kbps", 3000.0)),
                stream(
                        Map.of("stream", "v-2", "user", "u-2"),
                        T + 5000,
                        Map.of("dropped_frames", 0.0, "total_frames", 50.0, "adaptive_switches", 4.0)));

        SessionStats all = stats(Optional.empty());
        assertThat(all.totalSessions()).isEqualTo(3);
        assertThat(all.totalUsers()).isEqualTo(2);
        assertThat(all.totalConnections()).isEqualTo(3);
        assertThat(all.totalPeers()).isEqualTo(2);
        assertThat(all.totalStreams()).isEqualTo(2);
        assertThat(all.activeStreams()).as("silent streams have ended").isEqualTo(1);
        assertThat(all.averageLatencyMs()).isEqualTo(60.0);
        assertThat(all.p95LatencyMs()).isEqualTo(60.0);
        assertThat(all.successRate()).isCloseTo(100.0 * 2 / 3, within(1e-9));
        assertThat(all.connectionQuality()).isEqualTo(Map.of("Excellent", 2L, "Poor", 1L, "Good", 1L));
        assertThat(all.averageBitrateKbps()).isEqualTo(2000.0);
        assertThat(all.droppedFramesPercent()).isEqualTo(2.0);
        assertThat(all.adaptiveSwitches()).isEqualTo(4);
        assertThat(all.qualityLevels()).isEqualTo(Map.of("FullHD", 3L));

        // what a stream leaves out later, it has not taken back
        store(stream(film, T + 31_000, Map.of("bitrate_kbps", 2000.0)));
        assertThat(stats(Optional.empty()).droppedFramesPercent()).isEqualTo(2.0);
        assertThat(stats(Optional.empty()).adaptiveSwitches()).isEqualTo(4);

        SessionStats one = stats(Optional.of("u-2"));
        assertThat(one.averageLatencyMs()).isEqualTo(30.0);
        assertThat(one.successRate()).isEqualTo(100.0);
        assertThat(one.totalSessions()).isEqualTo(2);

        SessionStats none = stats(Optional.of("u-3"));
        assertThat(none.totalSessions()).isZero();
        assertThat(none.averageLatencyMs()).isNull();
        assertThat(none.successRate()).isNull();
        assertThat(none.adaptiveSwitches()).isNull();

        SessionStatsReader reader = new SessionStatsReader(fresh().pooled(), PATIENCE);
        Instant from = Instant.ofEpochMilli(T);
        assertThat(reader.days(new SessionFilter(Optional.of("u-2"), from, from.plusSeconds(3600))))
                .containsExactly(new DayReport(LocalDate.parse("2026-11-21"), 1, 1, 515.0, 10.5, 0.25, 5.0));
        assertThat(reader.counts(from, from.plusSeconds(3600), 60))
                .containsExactly(
                        new SessionStatsReader.Counts(T, 2, 3, 2), new SessionStatsReader.Counts(T + 60_000, 1, 1, 0));
    }

    @Test
    void everySampleIsARowOfMetrics() throws Exception {
        store(Point.of(
                new Subject("h1", "map", Labels.of("map", "prontera")),
                T,
                Map.of("player_count", 12.0, "mob_count", 40.0),
                Map.of("map_status", "online")));

        assertThat(rows("select timestamp, host_id, metric_type, metric_value, additional_data"
                        + " from p2p_metrics order by metric_type"))
                .containsExactly(
                        "2026-11-21 12:00:00+00|h1|mob_count|40|{\"kind\": \"map\", \"labels\": {\"map\":"
                                + " \"prontera\"}, \"states\": {\"map_status\": \"online\"}}",
                        "2026-11-21 12:00:00+00|h1|player_count|12|{\"kind\": \"map\", \"labels\": {\"map\":"
                                + " \"prontera\"}, \"states\": {\"map_status\": \"online\"}}");
        assertThat(rows("select count(distinct id) from p2p_metrics")).containsExactly("2");
    }

    /** The queries of {@code docs/sql.md}, as they stand there, each of which has something to find. */
    @Test
    void theQueriesOfThePageAnswer() throws Exception {
        long now = Instant.now().toEpochMilli();
        Subject host = new Subject("h1", "host", Labels.none());
        store(
                Point.of(host, now - 1000, Map.of("cpu_usage", 93.5, "memory_usage", 70.0)),
                Point.of(
                        new Subject("h1", "map", Labels.of("map", "prontera")),
                        now - 1000,
                        Map.of("player_count", 12.0),
                        Map.of("map_status", "online")),
                connection("s-1", "u-1", "p-1", now - 1000, 45, "Excellent", "connected"),
                stream(
                        Map.of("session", "s-1", "user", "u-1", "stream", "v-1"),
                        now - 1000,
                        Map.of("dropped_frames", 1.0, "total_frames", 100.0)));
        long minute = Math.floorDiv(now, 60_000) * 60_000 - 3 * 3_600_000;
        storeRollups(
                rollup(host, "cpu_usage", minute),
                rollup(new Subject("h1", "connection", Labels.of("peer", "h2")), "latency_ms", minute));
        new Tiers(fresh().pooled(), new Ids()).run(Instant.ofEpochMilli(now));
        try (Connection connection = fresh().pooled().getConnection();
                Statement statement = connection.createStatement()) {
            for (String status : List.of("firing", "resolved")) {
                statement.execute("insert into alert select '" + status + "', 'cpu_usage', 'h1', 'host', '" + status
                        + "', 'critical', now() - interval '1 hour', now(), 1, true,"
                        + " '{\"summary\": \"h1 CPU\", \"resolved_at\": \"2026-11-21T12:00:00.123Z\"}'");
            }
        }

        List<String> queries = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "sql.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(queries).hasSize(13);
        for (String query : queries) {
            assertThat(rows(query)).as(query).isNotEmpty();
        }
        assertThat(rows("select alert_type, severity, message, status, resolved_at, host_id from p2p_alerts"
                        + " where status = 'resolved'"))
                .containsExactly("cpu_usage|critical|h1 CPU|resolved|2026-11-21 12:00:00.123+00|h1");
    }

    private static Rollup rollup(Subject subject, String field, long start) {
        return new Rollup(
                subject,
                Shape.sorted(field),
                start,
                new long[] {2},
                new double[] {50},
                new double[] {20},
                new double[] {30},
                new double[] {30},
                new double[0],
                new double[0],
                new byte[0],
                new long[0],
                new long[0]);
    }

    private void storeRollups(Rollup... minutes) throws Exception {
        Storing<RollupSink.Arrived, RollupSink.Rows> rollups =
                new Storing<>(fresh().pooled(), new RollupSink(new Ids()), (row, why) -> refused.add(why));
        rollups.locate(List.of(0));
        byte[] bytes = RollupBatchCodec.encode(new RollupBatch("h1", 60_000, List.of(minutes), List.of(), -1));
        ConsumerRecord<String, byte[]> source = new ConsumerRecord<>("metrics.rollups", 0, 0, "h1", bytes);
        rollups.store(
                List.of(new Delivered<>(source, new RollupSink.Arrived(0, RollupBatchCodec.decode(bytes)))),
                Map.of(0, 1L));
    }
}
