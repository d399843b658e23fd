package io.peerscope.query.store;

import io.peerscope.query.session.DayReport;
import io.peerscope.query.session.SessionFilter;
import io.peerscope.query.session.SessionStats;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the measurements of sessions add up to. */
public final class SessionStatsReader {
    private static final String CONNECTIONS = """
            with c as (select * from p2p_connection_metrics where created_at >= ? and created_at < ? %1$s),
            newest as (select distinct on (analytics_id, connection_id)
                         lower(ice_connection_state) as ice, lower(dtls_transport_state) as dtls
                       from c where ice_connection_state is not null or dtls_transport_state is not null
                       order by analytics_id, connection_id, created_at desc, id)
            select count(distinct peer_id) as peers, count(distinct (analytics_id, connection_id)) as connections,
                   avg(latency_ms) as latency, (array_agg(latency_ms order by latency_ms) filter (where latency_ms is not null))
                     [floor(0.95 * (count(latency_ms) - 1))::int + 1] as p95,
                   avg(bandwidth_mbps) as bandwidth, avg(packet_loss_percent) as loss, avg(jitter_ms) as jitter,
                   (select 100.0 * count(*) filter (where coalesce(ice, '') not in ('failed', 'disconnected')
                      and coalesce(dtls, '') <> 'failed') / nullif(count(*), 0) from newest) as success
            from c""";

    private static final String STREAMS = """
            with s as (select * from p2p_streaming_metrics where created_at >= ? and created_at < ? %1$s),
            newest as (select distinct on (analytics_id, stream_id) * from s
                       order by analytics_id, stream_id, created_at desc, id),
            frames as (select distinct on (analytics_id, stream_id) dropped_frames, total_frames from s
                       where dropped_frames is not null and total_frames is not null
                       order by analytics_id, stream_id, created_at desc, id),
            switches as (select distinct on (analytics_id, stream_id) adaptive_switches from s
                         where adaptive_switches is not null
                         order by analytics_id, stream_id, created_at desc, id)
            select (select count(*) from newest) as streams,
                   (select count(*) from newest where end_time is null and created_at >= ?) as active,
                   avg(bitrate_kbps) as bitrate, avg(frame_rate) as rate, avg(buffer_level_seconds) as buffer,
                   (select 100.0 * sum(dropped_frames)::float8 / nullif(sum(total_frames), 0)::float8 from frames)
                     as dropped,
                   (select sum(adaptive_switches)::int8 from switches) as switches
            from s""";

    private static final String WHO = """
            select count(distinct analytics_id) as sessions, count(distinct nullif(user_id, '')) as users from (
              select analytics_id, user_id from p2p_connection_metrics
                where created_at >= ? and created_at < ? %1$s
              union all select analytics_id, user_id from p2p_streaming_metrics
                where created_at >= ? and created_at < ? %1$s) m""";

    private static final String WORDS = "select %2$s, count(*) from %3$s where created_at >= ? and created_at < ?"
            + " and %2$s is not null %1$s group by 1";

    private static final String DAYS = """
            select (created_at at time zone 'UTC')::date as day, count(distinct analytics_id) as sessions,
                   count(distinct (analytics_id, connection_id)) as connections, avg(latency_ms) as latency,
                   avg(bandwidth_mbps) as bandwidth, avg(packet_loss_percent) as loss, avg(jitter_ms) as jitter
            from p2p_connection_metrics where created_at >= ? and created_at < ? %1$s group by 1 order by 1""";

    private static final String COUNTS = """
            select (extract(epoch from date_bin(interval '1 second' * ?, created_at, timestamptz 'epoch')) * 1000)::int8,
                   count(distinct nullif(user_id, '')), count(distinct (analytics_id, thing)) filter (where connection),
                   count(distinct (analytics_id, thing)) filter (where not connection)
            from (select created_at, user_id, analytics_id, connection_id as thing, true as connection
                  from p2p_connection_metrics where created_at >= ? and created_at < ?
                  union all select created_at, user_id, analytics_id, stream_id, false
                  from p2p_streaming_metrics where created_at >= ? and created_at < ?) m
            group by 1 order by 1""";

    private final DataSource database;
    private final Duration statementTimeout;

    public SessionStatsReader(DataSource database, Duration statementTimeout) {
        this.database = database;
        this.statementTimeout = statementTimeout;
    }

    /** How many of something there were in the step that starts at {@code time}, epoch milliseconds. */
    public record Counts(long time, long users, long connections, long streams) {}

    /** @param activeSince a stream of which nothing was heard since then has ended without a word */
    public SessionStats stats(SessionFilter filter, Instant activeSince) {
        return Reading.limited(database, statementTimeout, connection -> {
            try (PreparedStatement who = bound(connection, WHO, filter, 2);
                    PreparedStatement connections = bound(connection, CONNECTIONS, filter, 1);
                    PreparedStatement streams = bound(connection, STREAMS, filter, 1)) {
                streams.setTimestamp(filter.user().isPresent() ? 4 : 3, Timestamp.from(activeSince));
                try (ResultSet w = one(who);
                        ResultSet c = one(connections);
                        ResultSet s = one(streams)) {
                    long switches = s.getLong("switches");
                    return new SessionStats(
                            w.getLong("sessions"),
                            w.getLong("users"),
                            c.getLong("peers"),
                            c.getLong("connections"),
                            s.getLong("streams"),
                            s.getLong("active"),
                            number(c, "latency"),
                            number(c, "p95"),
                            number(c, "bandwidth"),
                            number(c, "loss"),
                            number(c, "jitter"),
                            number(c, "success"),
                            words(connection, "connection_quality", "p2p_connection_metrics", filter),
                            number(s, "bitrate"),
                            number(s, "rate"),
                            number(s, "buffer"),
                            number(s, "dropped"),
                            number(s, "switches") == null ? null : (Long) switches,
                            words(connection, "quality_level", "p2p_streaming_metrics", filter));
                }
            }
        });
    }

    /** Days on which connections were measured. */
    public List<DayReport> days(SessionFilter filter) {
        return Reading.limited(database, statementTimeout, connection -> {
            List<DayReport> days = new ArrayList<>();
            try (PreparedStatement select = bound(connection, DAYS, filter, 1);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    days.add(new DayReport(
                            row.getObject("day", LocalDate.class),
                            row.getLong("sessions"),
                            row.getLong("connections"),
                            number(row, "latency"),
                            number(row, "bandwidth"),
                            number(row, "loss"),
                            number(row, "jitter")));
                }
            }
            return days;
        });
    }

    /** Steps in which anything was heard, in order. */
    public List<Counts> counts(Instant from, Instant to, long stepSeconds) {
        return Reading.limited(database, statementTimeout, connection -> {
            List<Counts> counts = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(COUNTS)) {
                select.setLong(1, stepSeconds);
                for (int at = 2; at <= 4; at += 2) {
                    select.setTimestamp(at, Timestamp.from(from));
                    select.setTimestamp(at + 1, Timestamp.from(to));
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        counts.add(new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
                    }
                }
            }
            return counts;
        });
    }

    private static Map<String, Long> words(Connection connection, String column, String table, SessionFilter filter)
            throws SQLException {
        Map<String, Long> words = new HashMap<>();
        try (PreparedStatement select = bound(connection, WORDS.formatted("%1$s", column, table), filter, 1);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                words.put(row.getString(1), row.getLong(2));
            }
        }
        return words;
    }

    /** @param times how often the statement asks for time and user */
    private static PreparedStatement bound(Connection connection, String sql, SessionFilter filter, int times)
            throws SQLException {
        PreparedStatement select =
                connection.prepareStatement(sql.formatted(filter.user().isPresent() ? "and user_id = ?" : ""));
        int at = 1;
        for (int i = 0; i < times; i++) {
            select.setTimestamp(at++, Timestamp.from(filter.from()));
            select.setTimestamp(at++, Timestamp.from(filter.to()));
            if (filter.user().isPresent()) {
                select.setString(at++, filter.user().get());
            }
        }
        return select;
    }

    private static ResultSet one(PreparedStatement select) throws SQLException {
        ResultSet row = select.executeQuery();
        row.next();
        return row;
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : (Double) value;
    }
}
