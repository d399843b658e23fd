package io.peerscope.testkit.truth;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The lengths of buckets that roll-ups are kept in, and their tables. All are UTC. */
public enum Span {
    MINUTE("1m", "rollup_1m", Duration.ofMinutes(1)),
    HOUR("1h", "rollup_1h", Duration.ofHours(1)),
    DAY("1d", "rollup_1d", Duration.ofDays(1)),
    MONTH("1mo", "rollup_1mo", Duration.ZERO);

    private final String word;
    private final String table;
    private final Duration length;

    Span(String word, String table, Duration length) {
        this.word = word;
        this.table = table;
        this.length = length;
    }

    /** As in the API and in {@code tier_progress}. */
    public String word() {
        return word;
    }

    String table() {
        return table;
    }

    /** Start of the bucket that holds this instant; epoch milliseconds, as all times here. */
    public long startOf(long time) {
        return this == MONTH
                ? month(time).toInstant().toEpochMilli()
                : Math.floorDiv(time, length.toMillis()) * length.toMillis();
    }

    /** End of the bucket that starts there. */
    public long endOf(long start) {
        return this == MONTH ? month(start).plusMonths(1).toInstant().toEpochMilli() : start + length.toMillis();
    }

    private static ZonedDateTime month(long time) {
        return Instant.ofEpochMilli(time)
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1);
    }
}
