package io.peerscope.simulator.world;

import io.peerscope.simulator.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What hosts exchange: bytes, messages, transfers, and what guards of some hosts find. Counters start again each midnight. */
final class Exchange {
    private static final double BYTES_PER_SECOND = 60_000;
    private static final double FREE_RIDERS = 0.15;
    private static final double GUARDED = 0.3;
    private static final List<String> MESSAGES = List.of("move", "state", "chat");

    private final Noise noise;
    private final Instant at;
    private final double seconds;

    Exchange(Noise noise, Instant at) {
        this.noise = noise.named("exchange");
        this.at = at;
        this.seconds = secondsOf(at);
    }

    static double secondsOf(Instant at) {
        return Duration.ofNanos(at.atOffset(ZoneOffset.UTC).toLocalTime().toNanoOfDay())
                        .toMillis()
                / 1000.0;
    }

    /** What a host has given to peers by one link; some give next to nothing. */
    private double sent(String host, String link) {
        Noise own = noise.named(host);
        double generosity = own.uniform(0) < FREE_RIDERS ? 0.02 : 0.4 + own.uniform(1);
        return seconds
                * BYTES_PER_SECOND
                * generosity
                * (0.5 + noise.named(link).uniform(0));
    }

    void link(Fields fields, String self, String peer, String link, double latencyMs, double trouble) {
        double messages = seconds * (6 + 10 * noise.named(link).uniform(1));
        double transfers = seconds / (20 + 60 * noise.named(link).uniform(2));
        fields.whole("bytes_sent", sent(self, link))
                .whole("bytes_received", sent(peer, link))
                .whole("message_count", messages)
                .whole("message_bytes", messages * 180)
                .amount("message_latency_ms", 2 + latencyMs * 0.6)
                .whole("buffered_messages", 900 * trouble)
                .whole("transfers", transfers)
                .whole("transfer_failures", transfers * 0.03);
    }

    /** Its pools, protocols and messages by type. */
    List<Measurement> parts(String host, int connections, double strain) {
        Noise own = noise.named(host);
        List<Measurement> parts = new ArrayList<>();
        part(
                parts,
                "resource",
                Map.of("resource", "outbound"),
                new Fields().whole("pool_size", 32).whole("pool_active", Math.min(32, connections + 18 * strain)));
        for (int i = 0; i < MESSAGES.size(); i++) {
            double messages = seconds * (40 >> (2 * i)) * (0.8 + 0.4 * own.uniform(10 + i));
            part(
                    parts,
                    "host",
                    Map.of("type", MESSAGES.get(i)),
                    new Fields()
                            .whole("message_count", messages)
                            .whole("message_bytes", messages * (60 + 90 * i))
                            .amount("message_latency_ms", 18 + 9 * i + 20 * strain));
        }
        part(parts, "protocol", Map.of("protocol", "task"), counted(0.4, 0.004));
        part(parts, "protocol", Map.of("protocol", "discovery"), counted(0.1, 0.0005));
        part(parts, "protocol", Map.of("protocol", "health"), counted(0.2, 0.002));
        return parts;
    }

    private Fields counted(double messages, double errors) {
        return new Fields().whole("protocol_messages", seconds * messages).whole("protocol_errors", seconds * errors);
    }

    private void part(List<Measurement> into, String kind, Map<String, String> labels, Fields fields) {
        into.add(new Measurement(kind, labels, at, fields.toMap(), Map.of()));
    }

    /** Money grows with time played; guards find little, as they do. */
    void host(Fields fields, String host, double players) {
        Noise own = noise.named(host);
        fields.whole("currency_supply", 400_000 + 250_000 * own.uniform(2) + players * 900 + seconds * 1.5)
                .whole("deduplicated_transfers", seconds / 90)
                .whole("active_transfers", 3 * own.uniform((long) (seconds / 20)))
                .amount("transfer_duration_seconds", 1.2 + own.walk(at.toEpochMilli(), 60_000));
        if (own.uniform(3) < GUARDED) {
            double logins = seconds * 0.2;
            fields.whole("authentication_attempts", logins)
                    .whole("authentication_failures", logins * (0.02 + 0.05 * own.uniform(4)))
                    .whole("cheat_detections", seconds / (7_000 + 9_000 * own.uniform(5)))
                    .whole("suspicious_activities", seconds / (500 + 900 * own.uniform(6)))
                    .whole("attack_detections", 0)
                    .amount("blocked_packets_per_second", 4 + 3 * own.walk(at.toEpochMilli(), 30_000));
        }
    }

    /** How much of a stream peers have delivered. */
    void stream(Fields fields, String stream, double bytesPerSecond) {
        double bytes = seconds * bytesPerSecond;
        double fromPeers = 0.55 + 0.35 * noise.named(stream).uniform(0);
        fields.whole("peer_bytes", bytes * fromPeers).whole("server_bytes", bytes * (1 - fromPeers));
    }
}
