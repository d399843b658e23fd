package io.peerscope.alert.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people read them. */
final class Numbers {
    private static final int MOST_DECIMALS = 3;
    private static final double HOUR = 3_600_000;
    private static final int HOURS_UP_TO = 72;
    private static final double MINUTE = 60_000;
    private static final int SECONDS_UP_TO = 30;
    private static final int MINUTES_UP_TO = 180;

    private Numbers() {}

    static String text(double value) {
        return text(value, MOST_DECIMALS);
    }

    /** With as many decimals as matter where values differ by about so much. */
    static String text(double value, double scale) {
        int decimals = scale > 0 ? (int) Math.ceil(-Math.log10(scale)) : MOST_DECIMALS;
        return text(value, Math.clamp(decimals, 0, MOST_DECIMALS));
    }

    private static String text(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return "?";
        }
        return plain(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP));
    }

    /** Two digits that count, and a sign. */
    static String signed(double value) {
        String text = plain(BigDecimal.valueOf(value).round(new MathContext(2, RoundingMode.HALF_UP)));
        return value > 0 ? "+" + text : text;
    }

    /** {@code 31 h}, {@code 4.5 days}. */
    static String time(long millis) {
        double hours = millis / HOUR;
        if (hours < 1) {
            return "less than 1 h";
        }
        return hours <= HOURS_UP_TO ? Math.round(hours) + " h" : text(hours / 24, 1.0 / 10) + " days";
    }

    /** How long something was: {@code 42 s}, {@code 12.5 minutes}, then as {@link #time}. */
    static String lasted(long millis) {
        if (millis < SECONDS_UP_TO * 1000) {
            return Math.max(0, millis) / 1000 + " s";
        }
        double minutes = millis / MINUTE;
        return minutes < MINUTES_UP_TO ? text(minutes, 1.0 / 10) + " minutes" : time(millis);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
