package io.peerscope.query.network;

import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkQuality;
import io.peerscope.contracts.link.LinkReport;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link as people see it.
 *
 * @param fromA what the end {@code a} says last: its claim, its numbers and words by their names, and how old they are
 * @param asymmetry by how much the directions differ, as far as both are known
 * @param lies the end whose claim the other contradicts and whose contradictions are more; null unless there is one
 */
public record LinkView(
        String a,
        String b,
        @Nullable Map<String, Object> fromA,
        @Nullable Map<String, Object> fromB,
        LinkVerdict verdict,
        Instant since,
        boolean up,
        boolean fresh,
        @Nullable Instant upSince,
        Map<String, Double> asymmetry,
        @Nullable LinkQuality quality,
        PathClass path,
        String relay,
        Map<String, Double> pathSeconds,
        long pathChanges,
        long stateChanges,
        @Nullable String circuitBreaker,
        @Nullable String lies,
        boolean simulated) {

    /** @param lies see {@link Trust#suspect} */
    public static LinkView of(LinkLive link, @Nullable String lies, Instant now) {
        Map<String, Double> asymmetry = new LinkedHashMap<>();
        if (link.asymmetryMs() != null) {
            asymmetry.put("latency_ms", link.asymmetryMs());
        }
        if (link.lossAsymmetry() != null) {
            asymmetry.put("packet_loss", link.lossAsymmetry());
        }
        return new LinkView(
                link.a(),
                link.b(),
                said(link.fromA(), now),
                said(link.fromB(), now),
                link.verdict(),
                link.since(),
                link.up(),
                link.fresh(),
                link.upSince(),
                asymmetry,
                link.quality(),
                link.path(),
                link.relay(),
                link.pathSeconds(),
                link.pathChanges(),
                link.stateChanges(),
                link.circuitBreaker(),
                lies,
                link.simulated());
    }

    private static @Nullable Map<String, Object> said(@Nullable LinkReport report, Instant now) {
        if (report == null) {
            return null;
        }
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("claim", report.claim());
        said.put("fresh", report.fresh());
        said.put("age_seconds", age(report, now));
        said.put("at", report.at());
        said.put("interval_seconds", report.intervalSeconds());
        said.put("path", report.path());
        said.putAll(report.fields());
        said.putAll(report.states());
        return said;
    }

    static double age(LinkReport report, Instant now) {
        return Math.max(0, Duration.between(report.receivedAt(), now).toMillis()) / 1000.0;
    }
}
