package io.peerscope.contracts.rule;

import java.util.Arrays;
import java.util.Optional;

/** How a value is held against a limit. */
public enum Comparison {
    ABOVE(">"),
    AT_LEAST(">="),
    BELOW("<"),
    AT_MOST("<=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    public boolean holds(double value, double limit) {
        return switch (this) {
            case ABOVE -> value > limit;
            case AT_LEAST -> value >= limit;
            case BELOW -> value < limit;
            case AT_MOST -> value <= limit;
        };
    }

    /** Whether higher values are worse. */
    public boolean upward() {
        return this == ABOVE || this == AT_LEAST;
    }

    public static Optional<Comparison> of(String sign) {
        return Arrays.stream(values()).filter(c -> c.sign.equals(sign)).findFirst();
    }
}
