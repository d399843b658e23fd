package io.peerscope.query.trend;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** From which side a limit is reached. */
public enum Direction {
    UP,
    DOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Direction> of(String word) {
        return Arrays.stream(values()).filter(d -> d.word().equals(word)).findFirst();
    }

    boolean past(double value, double limit) {
        return this == UP ? value >= limit : value <= limit;
    }
}
