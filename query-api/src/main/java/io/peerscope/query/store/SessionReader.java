package io.peerscope.query.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.query.session.ConnectionMetrics;
import io.peerscope.query.session.SessionAnalytics;
import io.peerscope.query.session.StreamingMetrics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Sessions with their measurements, one by one. */
public final class SessionReader {
    /** Measurements of each sort in the answer about one session; a day of one connection may have more. */
    private static final int MOST = 1_000;
    /** The same for each session of a list. */
    private static final int MOST_OF_A_LIST = 20;

    /** A user is whoever a session names first, or a measurement in it names. */
    private static final String OF_USER = "id in (select id from p2p_analytics_aggregates where user_id = ?"
            + " union select analytics_id from p2p_connection_metrics where user_id = ?"
            + " union select analytics_id from p2p_streaming_metrics where user_id = ?)";

    private final DataSource database;
    private final Duration statementTimeout;

    public SessionReader(DataSource database, Duration statementTimeout) {
        this.database = database;
        this.statementTimeout = statementTimeout;
    }

    public Optional<SessionAnalytics> session(String sessionId) {
        return Reading.limited(database, statementTimeout, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select * from p2p_analytics_aggregates" + " where id = encode(text_identity(?), 'hex')")) {
                select.setString(1, sessionId);
                return read(connection, select, MOST).stream().findFirst();
            }
        });
    }

    /** Sessions of a user, those heard of last first. */
    public Page<SessionAnalytics> sessionsOf(String userId, int page, int pageSize) {
        return Reading.limited(database, statementTimeout, connection -> {
            long total;
            try (PreparedStatement count =
                    connection.prepareStatement("select count(*) from p2p_analytics_aggregates where " + OF_USER)) {
                user(count, userId);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    total = row.getLong(1);
                }
            }
            try (PreparedStatement select = connection.prepareStatement("select * from p2p_analytics_aggregates where "
                    + OF_USER + " order by updated_at desc, id limit ? offset ?")) {
                int next = user(select, userId);
                select.setInt(next, pageSize);
                select.setLong(next + 1, (page - 1L) * pageSize);
                return new Page<>(read(connection, select, MOST_OF_A_LIST), total);
            }
        });
    }

    /** Whether anything is kept at all. */
    public boolean any() {
        return Reading.limited(database, statementTimeout, connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select exists (select from p2p_analytics_aggregates)");
                    ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    /** Whether anything that is kept is of this user. */
    public boolean knows(String userId) {
        return Reading.limited(database, statementTimeout, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select exists (select from p2p_analytics_aggregates where " + OF_USER + ")")) {
                user(select, userId);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    private static int user(PreparedStatement statement, String userId) throws SQLException {
        int at = 1;
        while (at <= 3) {
            statement.setString(at++, userId);
        }
        return at;
    }

    private static List<SessionAnalytics> read(Connection connection, PreparedStatement select, int most)
            throws SQLException {
        List<SessionAnalytics> sessions = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String id = row.getString("id");
                sessions.add(new SessionAnalytics(
                        id,
                        row.getString("session_id"),
                        name(row, "user_id"),
                        newest(connection, "p2p_connection_metrics", id, most, SessionReader::connection),
                        newest(connection, "p2p_streaming_metrics", id, most, SessionReader::stream),
                        json(row.getString("network_metrics")),
                        json(row.getString("system_metrics")),
                        count(connection, "p2p_connection_metrics", id),
                        count(connection, "p2p_streaming_metrics", id),
                        instant(row, "created_at"),
                        instant(row, "updated_at")));
            }
        }
        return sessions;
    }

    private static <T> List<T> newest(
            Connection connection, String table, String id, int most, Where.Reading<T> reading) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select * from " + table + " where analytics_id = ? order by created_at desc, id limit " + most)) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.read(rows));
                }
            }
        }
        return found;
    }

    private static long count(Connection connection, String table, String id) throws SQLException {
        try (PreparedStatement count =
                connection.prepareStatement("select count(*) from " + table + " where analytics_id = ?")) {
            count.setString(1, id);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static ConnectionMetrics connection(ResultSet row) throws SQLException {
        return new ConnectionMetrics(
                row.getString("id"),
                row.getString("analytics_id"),
                row.getString("connection_id"),
                row.getString("session_id"),
                name(row, "user_id"),
                name(row, "peer_id"),
                row.getString("connection_type"),
                number(row, "latency_ms"),
                number(row, "bandwidth_mbps"),
                number(row, "packet_loss_percent"),
                number(row, "jitter_ms"),
                row.getString("connection_quality"),
                row.getString("ice_connection_state"),
                row.getString("dtls_transport_state"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static StreamingMetrics stream(ResultSet row) throws SQLException {
        return new StreamingMetrics(
                row.getString("id"),
                row.getString("analytics_id"),
                row.getString("stream_id"),
                name(row, "content_id"),
                name(row, "user_id"),
                row.getString("quality_level"),
                number(row, "bitrate_kbps"),
                number(row, "frame_rate"),
                number(row, "resolution_width"),
                number(row, "resolution_height"),
                number(row, "buffer_level_seconds"),
                number(row, "dropped_frames"),
                number(row, "total_frames"),
                number(row, "adaptive_switches"),
                instantIfAny(row, "start_time"),
                instantIfAny(row, "end_time"),
                number(row, "duration_seconds"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    /** Whole numbers without a point: senders of whole numbers get them back as they sent them. */
    private static @Nullable Number number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        if (row.wasNull()) {
            return null;
        }
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Number) (long) value : (Number) value;
    }

    /** Empty in the tables where nobody said. */
    private static @Nullable String name(ResultSet row, String column) throws SQLException {
        String name = row.getString(column);
        return name.isEmpty() ? null : name;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant instantIfAny(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static JsonNode json(String text) throws SQLException {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new SQLException("a column of p2p_analytics_aggregates is not JSON", e);
        }
    }
}
