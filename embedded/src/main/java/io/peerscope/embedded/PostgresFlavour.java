package io.peerscope.embedded;

/** What a PostgreSQL can do with time series. */
public enum PostgresFlavour {
    /** TimescaleDB with everything: hypertables, compression, policies, continuous aggregates. */
    TIMESCALE_COMMUNITY,
    /** TimescaleDB as distributions may ship it: hypertables, {@code time_bucket}, {@code drop_chunks}. */
    TIMESCALE_APACHE,
    /** No TimescaleDB: declarative partitions. */
    PLAIN
}
