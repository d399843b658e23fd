package io.peerscope.query.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How the samples of a step become one number. */
public enum Aggregate {
    AVG,
    MIN,
    MAX,
    SUM,
    COUNT,
    /** Of several subjects that of the newest sample; of several at the very same time the highest. */
    LAST,
    /**
     * Change per second of the time that is covered: of a counter its increase, resets survived; of a gauge its difference;
     * of deltas their sum over the step. Of several subjects, the sum of theirs.
     */
    RATE,
    /** What the changes of {@link #RATE} come to, not divided by their time. */
    INCREASE,
    /** The sample at rank floor(share × (n − 1)) in ascending order, as all percentiles; of roll-ups within 1 % of it. */
    P50,
    P95,
    P99;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Aggregate> of(String word) {
        return Arrays.stream(values()).filter(a -> a.word().equals(word)).findFirst();
    }

    /** Whether it is made of what lies between samples, not of samples. */
    public boolean isOfChanges() {
        return this == RATE || this == INCREASE;
    }

    /** Of a percentile, the share of values that lie below; empty for others. */
    public OptionalDouble share() {
        return switch (this) {
            case P50 -> OptionalDouble.of(0.5);
            case P95 -> OptionalDouble.of(0.95);
            case P99 -> OptionalDouble.of(0.99);
            case AVG, MIN, MAX, SUM, COUNT, LAST, RATE, INCREASE -> OptionalDouble.empty();
        };
    }
}
