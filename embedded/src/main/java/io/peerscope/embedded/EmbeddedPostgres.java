package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A PostgreSQL 17 server, with TimescaleDB where that can be had, as a child process.
 *
 * <p>It listens on 127.0.0.1 only, asks for a password, keeps its data over restarts, and loses nothing committed in a
 * crash. It goes when {@link #close()} is called and when this JVM dies, however it dies. It has a database
 * {@code peerscope}, with the extension in it in the TimescaleDB flavours.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private final int port;
    private final String password;
    private final PostgresFlavour flavour;
    private final Supervisor supervisor;
    private final DataDirOwner owner;

    private EmbeddedPostgres(
            int port, String password, PostgresFlavour flavour, Supervisor supervisor, DataDirOwner owner) {
        this.port = port;
        this.password = password;
        this.flavour = flavour;
        this.supervisor = supervisor;
        this.owner = owner;
    }

    /**
     * Starts the server and returns when it takes connections; unpacks it and makes the database when there is none.
     *
     * @throws EmbeddedStartException when it cannot be started; the message carries the server's last log lines
     */
    public static EmbeddedPostgres start(PostgresOptions options) {
        try {
            Path dataDir = Files.createDirectories(options.dataDir()).toRealPath();
            DataDirOwner owner = DataDirOwner.claim(dataDir, "PostgreSQL");
            try {
                return start(options, PostgresHome.in(dataDir), owner);
            } catch (IOException | InterruptedException | RuntimeException failed) {
                owner.close();
                throw failed;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStartException("Interrupted while PostgreSQL was starting", e);
        } catch (IOException e) {
            throw new EmbeddedStartException("PostgreSQL could not be started: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres start(PostgresOptions options, PostgresHome home, DataDirOwner owner)
            throws IOException, InterruptedException {
        Consumer<String> progress = options.progress();
        if (home.exists()) {
            // first of all: what an earlier run has left may have the port that is wanted again
            new ClusterProcesses(home.cluster()).awaitNone(progress);
        }
        int port = FreePort.claim(options.port(), "PostgreSQL", "--postgres-port");
        PostgresPrograms all = new PostgresPrograms(CacheFolder.ofThisUser(RunAs.isRoot()), progress);
        Path programs = home.exists() ? programsForExisting(home, all) : programsForNew(home, all, options);
        PostgresConfig config =
                new PostgresConfig(port, PostgresCluster.flavourOf(programs), options.timescaleLicense());
        PostgresCluster cluster = new PostgresCluster(home, programs);
        cluster.configure(config);
        String password = cluster.password();
        Supervisor supervisor = Supervisor.start(
                "PostgreSQL", new Postmaster(home, cluster, progress)::start, options.supervised(), progress);
        return new EmbeddedPostgres(port, password, config.flavour(), supervisor, owner);
    }

    private static Path programsForExisting(PostgresHome home, PostgresPrograms all)
            throws IOException, InterruptedException {
        return switch (PostgresCluster.flavourOf(home)) {
            case PLAIN -> reachable(home, all.plain());
            case TIMESCALE_APACHE, TIMESCALE_COMMUNITY -> {
                try {
                    yield reachable(home, all.withTimescale());
                } catch (TimescaleUnavailable reason) {
                    throw new EmbeddedStartException(
                            "The data in %s were made with TimescaleDB, which cannot be had now: %s."
                                    .formatted(home.dataDir(), reason.getMessage()),
                            reason);
                }
            }
        };
    }

    private static Path programsForNew(PostgresHome home, PostgresPrograms all, PostgresOptions options)
            throws IOException, InterruptedException {
        return switch (options.wanted()) {
            case PLAIN -> create(home, reachable(home, all.plain()), options);
            case TIMESCALE_IF_AVAILABLE -> {
                try {
                    yield create(home, reachable(home, all.withTimescale()), options);
                } catch (TimescaleUnavailable reason) {
                    options.progress()
                            .accept("no TimescaleDB, so this data folder gets a plain PostgreSQL: "
                                    + reason.getMessage());
                    yield create(home, reachable(home, all.plain()), options);
                }
            }
        };
    }

    private static Path create(PostgresHome home, Path programs, PostgresOptions options)
            throws IOException, InterruptedException {
        options.progress().accept("making the database (once)…");
        PostgresFlavour flavour = PostgresCluster.flavourOf(programs);
        new PostgresCluster(home, programs).create(new PostgresConfig(5432, flavour, options.timescaleLicense()));
        return programs;
    }

    private static Path reachable(PostgresHome home, Path programs) throws IOException, InterruptedException {
        if (home.user().reaches(programs)) {
            return programs;
        }
        throw new EmbeddedStartException(
                "PostgreSQL does not run as root, and its user cannot reach %s: choose another cache folder with -D%s=DIR."
                        .formatted(programs, CacheFolder.PROPERTY));
    }

    /**
     * Deletes a data folder, with what belongs to it elsewhere: root's data may lie under {@code /var/lib/peerscope}. No
     * instance may be using it.
     */
    public static void delete(Path dataDir) throws IOException {
        PostgresHome.delete(dataDir);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, PostgresCluster.DATABASE);
    }

    /** The database's owner, who may do everything. */
    public String username() {
        return PostgresCluster.USER;
    }

    public String password() {
        return password;
    }

    public PostgresFlavour flavour() {
        return flavour;
    }

    /** Process id of the postmaster; another one after a supervised restart. */
    public long postmasterPid() {
        return supervisor.child().pid();
    }

    /** Stops the server in order, and kills it when that takes too long. Idempotent. */
    @Override
    public void close() {
        supervisor.close();
        owner.close();
    }
}
