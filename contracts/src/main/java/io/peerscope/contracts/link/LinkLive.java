package io.peerscope.contracts.link;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link as both ends see it; value of {@code links.live}, keyed by {@link #key()}.
 *
 * @param a the end whose name sorts first
 * @param fromA null: this end never reported it
 * @param since when the verdict became what it is
 * @param up whether it carries traffic: an end that speaks says so, and none denies it
 * @param upSince when it came up or went down; null where that is not known
 * @param asymmetryMs by how much the latencies of both directions differ; null unless both are known
 * @param lossAsymmetry the same of packet loss, in points of percent
 * @param quality null where nothing tells
 * @param relay through what it goes, where an end names it; "" otherwise
 * @param pathSeconds how long it was seen in each class of path
 * @param pathChanges how often that class changed
 * @param stateChanges how often it came up or went down
 * @param circuitBreaker the worse of both ends: closed, half_open, open; null where none says
 */
public record LinkLive(
        String a,
        String b,
        @Nullable LinkReport fromA,
        @Nullable LinkReport fromB,
        LinkVerdict verdict,
        Instant since,
        boolean up,
        @Nullable Instant upSince,
        @Nullable Double asymmetryMs,
        @Nullable Double lossAsymmetry,
        @Nullable LinkQuality quality,
        PathClass path,
        String relay,
        Map<String, Double> pathSeconds,
        long pathChanges,
        long stateChanges,
        @Nullable String circuitBreaker,
        boolean simulated,
        Instant asOf) {

    public String key() {
        return key(a, b);
    }

    /** The same in either order. */
    public static String key(String one, String other) {
        return one.compareTo(other) <= 0 ? one + "|" + other : other + "|" + one;
    }

    /** What an end says, by its name; null where it never said anything. */
    public @Nullable LinkReport from(String end) {
        return end.equals(a) ? fromA : end.equals(b) ? fromB : null;
    }

    public boolean fresh() {
        return (fromA != null && fromA.fresh()) || (fromB != null && fromB.fresh());
    }
}
