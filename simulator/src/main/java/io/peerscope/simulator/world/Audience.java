package io.peerscope.simulator.world;

import io.peerscope.simulator.Measurement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What those who watch streams find: each in a session of its own, on a machine and a line of its own. */
final class Audience {
    private static final int MOST_VIEWERS = 4;
    private static final double BAD_LINE = 0.12;

    private final Instant at;
    private final Noise noise;

    Audience(Instant at, Noise noise) {
        this.at = at;
        this.noise = noise;
    }

    List<Measurement> of(SimulatedHost host) {
        List<Measurement> seen = new ArrayList<>();
        for (String stream : host.streams()) {
            Noise own = noise.named(stream);
            int viewers = 2 + own.below(MOST_VIEWERS - 1, 0);
            for (int viewer = 1; viewer <= viewers; viewer++) {
                seen.add(view(stream, "%s-viewer-%d".formatted(host.name(), viewer), own.named("viewer-" + viewer)));
            }
        }
        return seen;
    }

    private Measurement view(String stream, String user, Noise own) {
        boolean badLine = own.uniform(1) < BAD_LINE;
        double frames = Exchange.secondsOf(at) * 30;
        long millis = at.toEpochMilli();
        Fields fields = new Fields()
                .amount("bitrate_kbps", (badLine ? 2_300 : 5_600) + 300 * own.walk(millis, 30_000))
                .amount("frame_rate", (badLine ? 25 : 29.4) + 0.5 * own.walk(millis, 30_000))
                .whole("resolution_width", badLine ? 1280 : 1920)
                .whole("resolution_height", badLine ? 720 : 1080)
                .amount("buffer_level_seconds", (badLine ? 5 : 9) + 2.5 * own.walk(millis, 40_000))
                .whole("dropped_frames", frames * (badLine ? 0.006 : 0.001))
                .whole("total_frames", frames)
                .whole("adaptive_switches", Exchange.secondsOf(at) / (badLine ? 200 : 900));
        return new Measurement(
                "stream",
                Map.of("stream", stream, "content", "arena", "user", user, "session", user + "-tonight"),
                at,
                fields.toMap(),
                Map.of("quality_level", badLine ? "hd" : "fullhd"));
    }
}
