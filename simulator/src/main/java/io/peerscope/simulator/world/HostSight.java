package io.peerscope.simulator.world;

import io.peerscope.simulator.Measurement;
import io.peerscope.simulator.world.SimulatedHost.SimulatedMap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What a host finds in itself: its own measurements, its maps, its streams. */
final class HostSight {
    private static final double GIB = 1024.0 * 1024 * 1024;
    private static final double BYTES_PER_PLAYER_IN = 3_500;
    private static final double BYTES_PER_PLAYER_OUT = 21_000;
    private static final double BYTES_PER_STREAM_OUT = 750_000;
    private static final double STREAM_BYTES_PER_SECOND = 725_000;

    private final Instant at;
    private final HostWeather weather;
    private final Noise noise;
    private final boolean firstMapDown;
    private final double[] latencies;
    private final Exchange exchange;

    /** @param connections what the host has just measured of its links */
    HostSight(
            Instant at,
            HostWeather weather,
            Noise noise,
            boolean firstMapDown,
            List<Measurement> connections,
            Exchange exchange) {
        this.exchange = exchange;
        this.at = at;
        this.weather = weather;
        this.noise = noise;
        this.firstMapDown = firstMapDown;
        this.latencies = connections.stream()
                .filter(connection -> connection.fields().containsKey("latency_ms"))
                .mapToDouble(connection -> connection.fields().get("latency_ms"))
                .toArray();
    }

    Measurement host() {
        SimulatedHost host = weather.host();
        double cpu = 100 * weather.strain() + noise.named("cpu").walk(at.toEpochMilli(), 20_000) * 2;
        double memory = 38 + 22 * weather.strain() + 6 * walk("memory", 1_200_000) + 34 * weather.leak();
        double memoryBytes = (host.vps() ? 32 : 16) * GIB;
        double disk = 35 + 30 * noise.named("disk").uniform(0) + 8 * weather.errors();
        double online = weather.online();
        double attempts = sinceMidnight().toSeconds() * 0.2;
        Fields fields = new Fields()
                .percent("cpu_usage", cpu)
                .percent("memory_usage", memory)
                .whole("memory_bytes", memoryBytes * Math.min(100, memory) / 100)
                .whole("memory_total_bytes", memoryBytes)
                .whole("cpu_cores", host.vps() ? 16 : 8)
                .amount("load1", (host.vps() ? 16 : 8) * cpu / 100)
                .whole("map_count", host.maps().size())
                .percent("disk_usage", disk)
                .whole("player_count", online)
                .percent("error_rate", 0.6 + 0.5 * walk("errors", 240_000) + 13 * weather.errors())
                .amount("network_in_bytes_per_second", (4_000 + online * BYTES_PER_PLAYER_IN) * traffic("in"))
                .amount(
                        "network_out_bytes_per_second",
                        (6_000 + online * BYTES_PER_PLAYER_OUT + host.streams().size() * BYTES_PER_STREAM_OUT)
                                * traffic("out"))
                .amount("sync_delay", 40 + 25 * walk("sync", 60_000) + 1_400 * weather.overload())
                .whole("active_streams", host.streams().size())
                .whole("active_connections", latencies.length)
                .whole("connection_attempts", attempts)
                .whole("connection_failures", attempts * 0.02)
                .whole("uptime_seconds", sinceMidnight().toSeconds());
        DoubleStream.of(latencies).average().ifPresent(mean -> fields.amount("latency", mean));
        exchange.host(fields, host.name(), online);
        return new Measurement("host", Map.of(), at, fields.toMap(), Map.of());
    }

    List<Measurement> parts() {
        return exchange.parts(weather.host().name(), latencies.length, weather.strain());
    }

    List<Measurement> maps() {
        List<Measurement> maps = new ArrayList<>();
        for (int i = 0; i < weather.players().length; i++) {
            maps.add(map(i, weather.host().maps().get(i)));
        }
        return maps;
    }

    private Measurement map(int index, SimulatedMap map) {
        Map<String, String> labels =
                Map.of("map", map.name(), "hosting", weather.host().vps() ? "vps" : "p2p");
        Noise own = noise.named(map.name());
        Fields fields = new Fields().whole("player_count", weather.players()[index]);
        if (index == 0 && firstMapDown) {
            return new Measurement("map", labels, at, fields.toMap(), Map.of("map_status", "offline"));
        }
        double mobs = 60 + 180 * own.uniform(1);
        fields.whole("mob_count", mobs * (0.9 + 0.1 * own.walk(at.toEpochMilli(), 45_000)))
                .whole("npc_count", 5 + 20 * own.uniform(2))
                .whole("item_count", 20 + weather.players()[index] * (6 + 2 * own.walk(at.toEpochMilli(), 120_000)))
                .amount(
                        "tick_ms",
                        6
                                + 14 * weather.strain()
                                + 3 * own.named("tick").walk(at.toEpochMilli(), 15_000)
                                + 90 * weather.overload());
        String status = weather.overload() > 0.5 ? "degraded" : "online";
        return new Measurement("map", labels, at, fields.toMap(), Map.of("map_status", status));
    }

    List<Measurement> streams() {
        return weather.host().streams().stream().map(this::stream).toList();
    }

    private Measurement stream(String name) {
        boolean poor = weather.overload() > 0.3;
        double frames = sinceMidnight().toSeconds() * 30.0;
        Fields fields = new Fields()
                .amount("bitrate_kbps", poor ? 1_800 : 5_800 + 400 * walk("bitrate", 30_000))
                .amount("frame_rate", poor ? 21 : 29.5 + 0.5 * walk("rate", 30_000))
                .whole("resolution_width", poor ? 1280 : 1920)
                .whole("resolution_height", poor ? 720 : 1080)
                .amount("buffer_level_seconds", 9 + 3 * walk("buffer", 40_000) - 6 * weather.overload())
                .whole("dropped_frames", frames * 0.002)
                .whole("total_frames", frames)
                .whole("adaptive_switches", sinceMidnight().toMinutes() / 7.0);
        exchange.stream(fields, name, STREAM_BYTES_PER_SECOND);
        return new Measurement(
                "stream",
                Map.of("stream", name, "content", "arena"),
                at,
                fields.toMap(),
                Map.of("quality_level", poor ? "hd" : "fullhd"));
    }

    private double walk(String name, long periodMillis) {
        return noise.named(name).walk(at.toEpochMilli(), periodMillis);
    }

    private double traffic(String name) {
        return 1 + 0.2 * walk(name, 20_000);
    }

    /** Counters and uptime start again each midnight, UTC: so much is true of many a game host. */
    private Duration sinceMidnight() {
        return Duration.ofNanos(at.atOffset(ZoneOffset.UTC).toLocalTime().toNanoOfDay());
    }
}
