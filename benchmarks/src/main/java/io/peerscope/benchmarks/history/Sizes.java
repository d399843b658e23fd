package io.peerscope.benchmarks.history;

import io.peerscope.testkit.infrastructure.Database;

/**
 * What the database holds.
 *
 * @param samples values in {@code raw_point}
 * @param sampleBytes of it, with its index
 * @param minutes rows of {@code rollup_1m}
 * @param minuteBytes of it, with its index
 */
public record Sizes(long samples, long sampleBytes, long minutes, long minuteBytes) {
    /** Chunks of TimescaleDB and partitions are both children of the table. */
    private static final String BYTES =
            "select coalesce(sum(pg_total_relation_size(inhrelid)), 0) from pg_inherits where inhparent = '%s'::regclass";

    public static Sizes of(Database database) {
        return new Sizes(
                database.number("select coalesce(sum(cardinality(values)), 0) from raw_point"),
                database.number(BYTES.formatted("raw_point")),
                database.number("select count(*) from rollup_1m"),
                database.number(BYTES.formatted("rollup_1m")));
    }

    public double bytesPerSample() {
        return samples == 0 ? 0 : sampleBytes / (double) samples;
    }

    public double bytesPerMinute() {
        return minutes == 0 ? 0 : minuteBytes / (double) minutes;
    }
}
