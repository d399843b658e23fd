package io.peerscope.query.history;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Optional;

/** How finely the past is kept, from the finest. Each but the first is made of the one before. All buckets are UTC. */
public enum Tier {
    RAW("raw", 1_000, "raw_point"),
    MINUTE("1m", 60_000, "rollup_1m"),
    HOUR("1h", 3_600_000, "rollup_1h"),
    DAY("1d", 86_400_000, "rollup_1d"),
    /** Calendar months; the resolution is nominal. */
    MONTH("1mo", 30 * 86_400_000L, "rollup_1mo");

    private final String word;
    private final long resolution;
    private final String table;

    Tier(String word, long resolution, String table) {
        this.word = word;
        this.resolution = resolution;
        this.table = table;
    }

    public String word() {
        return word;
    }

    /** Milliseconds that a step is a multiple of. */
    public long resolution() {
        return resolution;
    }

    public String table() {
        return table;
    }

    /** The tier this one is made of; empty for raw points. */
    public Optional<Tier> shorter() {
        return this == RAW ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }

    /** The tier that is made of this one; empty for months. */
    public Optional<Tier> longer() {
        return this == MONTH ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }

    /** Start of the bucket that a time lies in, epoch milliseconds. */
    public long bucket(long millis) {
        return this == MONTH
                ? month(millis)
                        .atDay(1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli()
                : Math.floorDiv(millis, resolution) * resolution;
    }

    /** Start of the bucket after the one that starts at {@code bucket}. */
    public long next(long bucket) {
        return this == MONTH
                ? month(bucket)
                        .plusMonths(1)
                        .atDay(1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli()
                : bucket + resolution;
    }

    /**
     * Counts the steps before the one that a time lies in.
     *
     * @param step milliseconds, a multiple of the resolution; of months so many calendar months
     */
    long numberOf(long millis, long step) {
        return this == MONTH
                ? Math.floorDiv(month(millis).getLong(ChronoField.PROLEPTIC_MONTH), step / resolution)
                : Math.floorDiv(millis, step);
    }

    private static YearMonth month(long millis) {
        return YearMonth.from(ZonedDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }
}
