package io.peerscope.query.network;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a host can be relied on, with everything that is needed to compute it again. The score is the product of the
 * lower bounds of its parts: of each, the lower end of the Wilson interval at 95 %. So few trials make a low score, not a
 * perfect one. A part without a trial is null and left out; with none the score is null.
 *
 * @param score from 0 to 1
 * @param availability trials are minutes in which the host was awaited
 * @param links trials are connections that came to be or failed
 * @param transfers trials are transfers with an outcome
 */
public record Reliability(
        String host,
        @Nullable Double score,
        int days,
        double z,
        @Nullable Part availability,
        @Nullable Part links,
        @Nullable Part transfers,
        long leaves,
        long crashes,
        long flaps) {

    /** The 97.5th percentile of the normal distribution: an interval of 95 %. */
    public static final double Z = 1.959963984540054;

    public static final int DAYS = 30;

    /** Best first; who has no score is last. */
    public static final Comparator<Reliability> BEST_FIRST = Comparator.<Reliability>comparingDouble(
                    each -> each.score() == null ? -1 : each.score())
            .reversed()
            .thenComparing(Reliability::host);

    public record Part(long successes, long trials, double lowerBound) {
        static @Nullable Part of(long successes, long trials) {
            return trials <= 0 ? null : new Part(successes, trials, wilson(successes, trials));
        }
    }

    /** Counts of one host. */
    public record Counts(
            long minutesUp,
            long minutesExpected,
            long connected,
            long failed,
            long transferred,
            long transfersFailed,
            long leaves,
            long crashes,
            long flaps) {}

    public static Reliability of(String host, Counts counts) {
        Part availability = Part.of(counts.minutesUp(), counts.minutesExpected());
        Part links = Part.of(counts.connected(), counts.connected() + counts.failed());
        Part transfers = Part.of(counts.transferred(), counts.transferred() + counts.transfersFailed());
        List<Part> known = Stream.of(availability, links, transfers)
                .filter(Objects::nonNull)
                .toList();
        OptionalDouble score = known.stream().mapToDouble(Part::lowerBound).reduce((a, b) -> a * b);
        return new Reliability(
                host,
                score.isPresent() ? score.getAsDouble() : null,
                DAYS,
                Z,
                availability,
                links,
                transfers,
                counts.leaves(),
                counts.crashes(),
                counts.flaps());
    }

    static double wilson(long successes, long trials) {
        double n = trials;
        double share = Math.min(successes, trials) / n;
        double spread = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        return Math.max(0, (share + Z * Z / (2 * n) - spread) / (1 + Z * Z / n));
    }
}
