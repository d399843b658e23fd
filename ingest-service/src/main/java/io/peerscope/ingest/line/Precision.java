package io.peerscope.ingest.line;

import java.util.List;
import java.util.Optional;

/** The unit of a request's timestamps. */
public enum Precision {
    NANOSECONDS(List.of("ns", "n"), 1_000_000, 1),
    MICROSECONDS(List.of("us", "u", "\u00b5", "\u03bc", "\u00b5s", "\u03bcs"), 1000, 1),
    MILLISECONDS(List.of("ms"), 1, 1),
    SECONDS(List.of("s"), 1, 1000),
    MINUTES(List.of("m"), 1, 60_000),
    HOURS(List.of("h"), 1, 3_600_000);

    /** March 1973 and the year 5138 in milliseconds: whatever the unit, nobody means a time beyond. */
    private static final long EARLIEST = 100_000_000_000L;

    private static final long LATEST = 100_000_000_000_000L;
    /** September 2001 and December 2099: what somebody means who uses the wrong unit. */
    private static final long LIKELY_FROM = 1_000_000_000_000L;

    private static final long LIKELY_TO = 4_100_000_000_000L;

    private final List<String> words;
    private final long divisor;
    private final long factor;

    Precision(List<String> words, long divisor, long factor) {
        this.words = words;
        this.divisor = divisor;
        this.factor = factor;
    }

    /** The first one is what all versions understand. */
    List<String> words() {
        return words;
    }

    /** Rounded down; at the ends of a long where it is beyond. */
    long millis(long raw) {
        if (divisor > 1) {
            return Math.floorDiv(raw, divisor);
        }
        long limit = Long.MAX_VALUE / factor;
        return raw > limit ? Long.MAX_VALUE : raw < -limit ? -Long.MAX_VALUE : raw * factor;
    }

    static boolean isPossible(long millis) {
        return millis >= EARLIEST && millis <= LATEST;
    }

    /** In which of these units a timestamp would make sense. */
    static Optional<Precision> likely(long raw, List<Precision> units) {
        return units.stream()
                .filter(unit -> unit.millis(raw) >= LIKELY_FROM && unit.millis(raw) <= LIKELY_TO)
                .findFirst();
    }
}
