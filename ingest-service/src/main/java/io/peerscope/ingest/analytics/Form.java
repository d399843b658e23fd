package io.peerscope.ingest.analytics;

import io.peerscope.contracts.point.Subject;
import java.util.Map;
import java.util.Set;

/**
 * What a body says and what it becomes: one point, labelled with everything that reports ask for by name. Reports of a
 * session or user are all points with that label.
 *
 * @param labels member to label
 * @param required members without which nobody could tell what was measured
 * @param fields members that are numbers; named as they are, the metric catalogue knows them
 * @param times members that are times, to fields of epoch milliseconds
 * @param states members that are words
 */
record Form(
        String kind,
        Map<String, String> labels,
        Set<String> required,
        Set<String> fields,
        Map<String, String> times,
        Set<String> states) {

    static final Form CONNECTION = new Form(
            Subject.CONNECTION,
            Map.of("session_id", "session", "user_id", "user", "connection_id", "connection", "peer_id", "peer"),
            Set.of("session_id", "user_id", "connection_id", "peer_id"),
            Set.of("latency_ms", "bandwidth_mbps", "packet_loss_percent", "jitter_ms"),
            Map.of(),
            Set.of("connection_type", "connection_quality", "ice_connection_state", "dtls_transport_state"));

    static final Form STREAM = new Form(
            Subject.STREAM,
            Map.of("session_id", "session", "user_id", "user", "stream_id", "stream", "content_id", "content"),
            Set.of("stream_id"),
            Set.of(
                    "bitrate_kbps",
                    "frame_rate",
                    "resolution_width",
                    "resolution_height",
                    "buffer_level_seconds",
                    "dropped_frames",
                    "total_frames",
                    "adaptive_switches",
                    "duration_seconds"),
            Map.of("start_time", "start_time_ms", "end_time", "end_time_ms"),
            Set.of("quality_level"));
}
