package io.peerscope.query.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Times as people write them: RFC 3339 or epoch milliseconds. */
public final class WrittenTime {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    /** Beyond the year 9999 not every program can write a time. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    /** From here to ten times as much, seconds are of the years 2001 to 2286, and milliseconds of the first months of 1970. */
    private static final long SECONDS = 1_000_000_000L;

    private WrittenTime() {}

    /** @throws IllegalArgumentException saying what a time should be */
    public static Instant read(String text) {
        Instant time = NUMBER.matcher(text).matches() ? ofNumber(text) : ofText(text);
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("must lie in the years 1970 to 9999; numbers are epoch milliseconds");
        }
        return time;
    }

    private static Instant ofText(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time such as 2026-11-21T10:00:00Z, or epoch milliseconds", e);
        }
    }

    private static Instant ofNumber(String text) {
        // more digits than any time has
        long number = text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
        if (number >= SECONDS && number < 10 * SECONDS) {
            throw new IllegalArgumentException("numbers are epoch milliseconds, and this one looks like seconds: "
                    + Instant.ofEpochSecond(number) + " is " + number + "000");
        }
        return Instant.ofEpochMilli(number);
    }
}
