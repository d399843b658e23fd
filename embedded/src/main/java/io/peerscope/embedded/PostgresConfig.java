package io.peerscope.embedded;

/** The files PostgreSQL is configured by; {@code ALTER SYSTEM} still overrides them. */
record PostgresConfig(int port, PostgresFlavour flavour, String timescaleLicense) {

    /** Passwords only, this machine only. */
    static final String ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n";

    String settings() {
        return GENERAL.formatted(port)
                + switch (flavour) {
                    case TIMESCALE_COMMUNITY, TIMESCALE_APACHE -> TIMESCALE.formatted(timescaleLicense);
                    case PLAIN -> "";
                };
    }

    private static final String GENERAL = """
            # Written anew at every start; for changes that last use ALTER SYSTEM.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 60
            password_encryption = 'scram-sha-256'

            # what is committed survives a crash and a power cut
            fsync = on
            synchronous_commit = on

            # nobody replicates from here
            wal_level = minimal
            max_wal_senders = 0
            max_wal_size = '2GB'
            min_wal_size = '160MB'
            checkpoint_timeout = '10min'

            # sized for a machine of 2 cores that runs everything else too
            shared_buffers = '256MB'
            effective_cache_size = '1GB'
            work_mem = '8MB'
            maintenance_work_mem = '64MB'
            max_worker_processes = 8
            # parallel queries take cores from ingestion, and more shared memory than a container's /dev/shm has
            max_parallel_workers_per_gather = 0
            max_parallel_maintenance_workers = 0
            autovacuum_max_workers = 2
            random_page_cost = 1.1
            jit = off
            # a query over a hypertable locks every chunk
            max_locks_per_transaction = 256

            timezone = 'UTC'
            log_timezone = 'UTC'
            datestyle = 'iso, ymd'
            lc_messages = 'C'
            default_text_search_config = 'pg_catalog.simple'
            log_min_messages = warning
            log_checkpoints = off
            log_line_prefix = '%%m [%%p] %%q%%a '
            """;

    private static final String TIMESCALE = """

            shared_preload_libraries = 'timescaledb'
            timescaledb.telemetry_level = off
            timescaledb.license = '%s'
            timescaledb.max_background_workers = 4
            """;
}
