package io.peerscope.query.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the samples of a step become one number. */
public enum Aggregate {
    AVG,
    MIN,
    MAX,
    SUM,
    COUNT,
    LAST,
    /**
     * Change per second: of a counter its increase, resets survived; of a gauge its difference; of deltas their sum. Of
     * several subjects, the sum of theirs.
     */
    RATE,
    P50,
    P95,
    P99;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Aggregate> of(String word) {
        return Arrays.stream(values()).filter(a -> a.word().equals(word)).findFirst();
    }

    /** Whether it needs every sample: minutes keep no distribution. */
    public boolean needsSamples() {
        return this == P50 || this == P95 || this == P99;
    }
}
