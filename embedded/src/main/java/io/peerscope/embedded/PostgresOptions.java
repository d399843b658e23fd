package io.peerscope.embedded;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How to run the embedded PostgreSQL.
 *
 * @param dataDir where the data, the password and the log are kept; made when missing, used again when present
 * @param port of 127.0.0.1; 0 takes a free one
 * @param wanted the flavour of a new database; an existing one keeps the flavour it was made with
 * @param timescaleLicense {@code timescaledb.license}; "apache" is all that the Apache edition accepts
 * @param progress hears what happens, one line at a time, also from other threads
 * @param supervised whether a PostgreSQL that dies is started again on the same port and data
 */
public record PostgresOptions(
        Path dataDir, int port, Wanted wanted, String timescaleLicense, Consumer<String> progress, boolean supervised) {

    /** The flavour asked for. */
    public enum Wanted {
        /** Without TimescaleDB, even where it could be had. */
        PLAIN,
        /** With TimescaleDB where it can be had, else plain; start-up says which and why. */
        TIMESCALE_IF_AVAILABLE
    }

    /** A supervised PostgreSQL on a free port, with TimescaleDB if available, silent. */
    public static PostgresOptions in(Path dataDir) {
        return new PostgresOptions(dataDir, 0, Wanted.TIMESCALE_IF_AVAILABLE, "apache", line -> {}, true);
    }

    public PostgresOptions withPort(int newPort) {
        return new PostgresOptions(dataDir, newPort, wanted, timescaleLicense, progress, supervised);
    }

    public PostgresOptions withWanted(Wanted newWanted) {
        return new PostgresOptions(dataDir, port, newWanted, timescaleLicense, progress, supervised);
    }

    public PostgresOptions withTimescaleLicense(String newLicense) {
        return new PostgresOptions(dataDir, port, wanted, newLicense, progress, supervised);
    }

    public PostgresOptions withProgress(Consumer<String> newProgress) {
        return new PostgresOptions(dataDir, port, wanted, timescaleLicense, newProgress, supervised);
    }

    public PostgresOptions withSupervised(boolean newSupervised) {
        return new PostgresOptions(dataDir, port, wanted, timescaleLicense, progress, newSupervised);
    }
}
