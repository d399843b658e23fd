package io.peerscope.contracts.catalogue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** Measured times that are too long to be read as a number of milliseconds or seconds. */
public final class Span {
    private static final Duration LONG = Duration.ofMinutes(2);
    /** To the second while that is not more than a percent. */
    private static final int EXACT_UP_TO_MINUTES = 10;

    private static final int WEEK = 7;
    private static final double MANY_MILLIS = 10_000;
    private static final double MOST_MILLIS = 1e15;

    private Span() {}

    /**
     * Two minutes and more in the largest unit and at most one more, {@code 3 min 20 s}, {@code 1 h}, {@code 2 d 4 h}, and ten
     * thousand milliseconds and more in seconds; empty of less, and of other units.
     *
     * @param unit {@code ms}, {@code s}, or anything that is none of a time
     */
    public static Optional<String> of(double value, String unit) {
        double millis =
                switch (unit) {
                    case "ms" -> value;
                    case "s" -> value * 1000;
                    default -> Double.NaN;
                };
        double size = Math.abs(millis);
        String sign = millis < 0 ? "-" : "";
        if (size >= LONG.toMillis() && size < MOST_MILLIS) {
            return Optional.of(sign + text(Duration.ofSeconds(Math.round(size / 1000))));
        }
        return unit.equals("ms") && size >= MANY_MILLIS && size < MOST_MILLIS
                ? Optional.of(sign + seconds(size) + " s")
                : Optional.empty();
    }

    /** Three digits. */
    private static String seconds(double millis) {
        return BigDecimal.valueOf(millis / 1000)
                .round(new MathContext(3, RoundingMode.HALF_UP))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String text(Duration time) {
        if (time.toMinutes() < EXACT_UP_TO_MINUTES) {
            return two(time.toMinutes(), "min", time.toSecondsPart(), "s");
        }
        if (time.toHours() == 0) {
            return time.toMinutes() + " min";
        }
        return time.toDays() == 0
                ? two(time.toHours(), "h", time.toMinutesPart(), "min")
                : two(time.toDays(), "d", time.toDays() < WEEK ? time.toHoursPart() : 0, "h");
    }

    private static String two(long large, String largeUnit, int small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
