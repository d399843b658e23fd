package io.peerscope.benchmarks.report;

import io.peerscope.testkit.infrastructure.Database;

/**
 * What the database holds.
 *
 * @param samples values in {@code raw_point}
 * @param bytes of {@code raw_point} with its indexes
 */
public record Stored(long samples, long bytes) {
    /** Chunks of TimescaleDB and partitions are both children of the table. */
    private static final String BYTES = """
            select coalesce(sum(pg_total_relation_size(inhrelid)), 0) from pg_inherits
            where inhparent = 'raw_point'::regclass""";

    public static Stored count(Database database, String hostPrefix) {
        String samples = """
                select coalesce(sum(cardinality(values)), 0) from raw_point
                where subject_id in (select id from subject where host like '%s-%%')""".formatted(hostPrefix);
        return new Stored(database.number(samples), database.number(BYTES));
    }

    public Stored since(Stored before) {
        return new Stored(samples - before.samples, bytes - before.bytes);
    }
}
