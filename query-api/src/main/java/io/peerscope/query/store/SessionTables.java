package io.peerscope.query.store;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.point.PointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Tables {@code p2p_analytics_aggregates}, {@code p2p_connection_metrics} and {@code p2p_streaming_metrics}. Rows are made of
 * those of {@code raw_point}, so whatever becomes of a point, they say the same.
 */
public final class SessionTables {
    private static final Set<String> KINDS = Set.of(Subject.CONNECTION, Subject.STREAM, Subject.SESSION);
    private static final String ISO = "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'";

    private static final String STORE = """
            with fresh as materialized (
              select r.subject_id || '-' || k.millis as id, r.time, s.host, s.kind, coalesce(r.states, '{}') as states,
                     coalesce(nullif(s.labels ->> 'session', ''), s.labels ->> 'stream', '') as session_id,
                     coalesce(s.labels ->> 'user', '') as user_id, s.labels, point_numbers(r.shape_id, r.values) as n
              from unnest(?, ?) k(subject_id, millis)
              join raw_point r on r.subject_id = k.subject_id
                and r.time = timestamptz 'epoch' + k.millis * interval '1 millisecond'
              join subject s on s.id = r.subject_id
              where r.time between ? and ?),
            told as (
              select *, encode(text_identity(session_id), 'hex') as analytics_id,
                     jsonb_build_object('as_of', to_char(time at time zone 'UTC', %1$s)) || n || states
                       || case when kind = 'connection' then jsonb_strip_nulls(jsonb_build_object(
                            'peer_id', labels ->> 'peer', 'connection_id', labels ->> 'connection')) else '{}' end as blob
              from fresh),
            sessions as (
              insert into p2p_analytics_aggregates as a
              select analytics_id, session_id,
                     coalesce((array_agg(user_id order by time) filter (where user_id <> ''))[1], ''),
                     coalesce((array_agg(blob order by time desc) filter (where kind = 'connection'))[1], '{}'),
                     coalesce((array_agg(blob order by time desc) filter (where kind = 'session'))[1], '{}'),
                     min(time), max(time)
              from told group by 1, 2 order by 1
              on conflict (id) do update set
                user_id = case when a.user_id = '' then excluded.user_id else a.user_id end,
                network_metrics = case
                  when excluded.network_metrics ->> 'as_of' >= coalesce(a.network_metrics ->> 'as_of', '')
                  then excluded.network_metrics else a.network_metrics end,
                system_metrics = case
                  when excluded.system_metrics ->> 'as_of' >= coalesce(a.system_metrics ->> 'as_of', '')
                  then excluded.system_metrics else a.system_metrics end,
                created_at = least(a.created_at, excluded.created_at),
                updated_at = greatest(a.updated_at, excluded.updated_at)),
            connections as (
              insert into p2p_connection_metrics as c
              select id, analytics_id, coalesce(labels ->> 'connection', labels ->> 'peer', ''), session_id, user_id,
                     coalesce(labels ->> 'peer', ''), states ->> 'connection_type', (n ->> 'latency_ms')::float8,
                     (n ->> 'bandwidth_mbps')::float8, (n ->> 'packet_loss')::float8, (n ->> 'jitter_ms')::float8,
                     states ->> 'connection_quality', states ->> 'ice_state', states ->> 'dtls_state', host, time, time
              from told where kind = 'connection'
              on conflict (id) do update set
                connection_type = excluded.connection_type, latency_ms = excluded.latency_ms,
                bandwidth_mbps = excluded.bandwidth_mbps, packet_loss_percent = excluded.packet_loss_percent,
                jitter_ms = excluded.jitter_ms, connection_quality = excluded.connection_quality,
                ice_connection_state = excluded.ice_connection_state,
                dtls_transport_state = excluded.dtls_transport_state, updated_at = now())
            insert into p2p_streaming_metrics as s
            select id, analytics_id, coalesce(labels ->> 'stream', ''), coalesce(labels ->> 'content', ''), user_id,
                   states ->> 'quality_level', (n ->> 'bitrate_kbps')::float8, (n ->> 'frame_rate')::float8,
                   as_count(n ->> 'resolution_width'), as_count(n ->> 'resolution_height'),
                   (n ->> 'buffer_level_seconds')::float8, as_count(n ->> 'dropped_frames'),
                   as_count(n ->> 'total_frames'), as_count(n ->> 'adaptive_switches'), as_time(n ->> 'start_time_ms'),
                   as_time(n ->> 'end_time_ms'), (n ->> 'duration_seconds')::float8, host, time, time
            from told where kind = 'stream'
            on conflict (id) do update set
              quality_level = excluded.quality_level, bitrate_kbps = excluded.bitrate_kbps,
              frame_rate = excluded.frame_rate, resolution_width = excluded.resolution_width,
              resolution_height = excluded.resolution_height, buffer_level_seconds = excluded.buffer_level_seconds,
              dropped_frames = excluded.dropped_frames, total_frames = excluded.total_frames,
              adaptive_switches = excluded.adaptive_switches, start_time = excluded.start_time,
              end_time = excluded.end_time, duration_seconds = excluded.duration_seconds, updated_at = now()
            """.formatted(ISO);

    private SessionTables() {}

    /** Whether it is a session, or belongs to one. The stream of a user who names none is one by itself. */
    public static boolean holds(Subject subject) {
        if (!KINDS.contains(subject.kind())) {
            return false;
        }
        Labels labels = subject.labels();
        return !labels.get("session").isEmpty()
                || subject.kind().equals(Subject.STREAM)
                        && !labels.get("user").isEmpty()
                        && !labels.get("stream").isEmpty();
    }

    /** Shows these points of {@code raw_point} as they are now; their transaction is the caller's. */
    public static void show(Connection connection, List<PointKey> points) throws SQLException {
        if (points.isEmpty()) {
            return;
        }
        long[] times = points.stream().mapToLong(PointKey::time).toArray();
        try (PreparedStatement store = connection.prepareStatement(STORE)) {
            store.setArray(
                    1,
                    RawPoints.longs(
                            connection, points.stream().map(PointKey::subjectId).toArray()));
            store.setArray(
                    2, RawPoints.longs(connection, Arrays.stream(times).boxed().toArray()));
            store.setTimestamp(3, new Timestamp(Arrays.stream(times).min().orElseThrow()));
            store.setTimestamp(4, new Timestamp(Arrays.stream(times).max().orElseThrow()));
            store.executeUpdate();
        }
    }
}
