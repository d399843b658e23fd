package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's data on the disk while no server runs on them: made, configured, and spoken to in single-user mode, which
 * needs neither a driver nor a port.
 */
final class PostgresCluster {
    static final String USER = "peerscope";
    static final String DATABASE = "peerscope";

    private static final String FLAVOUR_FILE = "peerscope.flavour";
    private static final Duration BOUND = Duration.ofMinutes(3); // single-user mode replays the log after a crash

    private final PostgresHome home;
    private final Path programs;

    PostgresCluster(PostgresHome home, Path programs) {
        this.home = home;
        this.programs = programs;
    }

    /** Only of a cluster that exists. */
    static PostgresFlavour flavourOf(PostgresHome home) throws IOException {
        return PostgresFlavour.valueOf(
                Files.readString(home.cluster().resolve(FLAVOUR_FILE)).strip());
    }

    static PostgresFlavour flavourOf(Path programs) throws IOException {
        try (Stream<Path> libraries = Files.list(programs.resolve("lib/postgresql"))) {
            List<String> names = libraries
                    .map(library -> library.getFileName().toString())
                    .filter(name -> name.startsWith("timescaledb"))
                    .toList();
            if (names.isEmpty()) {
                return PostgresFlavour.PLAIN;
            }
            return names.stream().anyMatch(name -> name.startsWith("timescaledb-tsl"))
                    ? PostgresFlavour.TIMESCALE_COMMUNITY
                    : PostgresFlavour.TIMESCALE_APACHE;
        }
    }

    /**
     * Makes the cluster beside its place and moves it there when it is complete, so a crash leaves none or all of it.
     *
     * @throws TimescaleUnavailable when the extension is part of the flavour but does not load
     */
    void create(PostgresConfig config) throws IOException, InterruptedException {
        Path fresh = home.cluster().resolveSibling("pgdata.new");
        FolderTree.delete(fresh);
        Files.createDirectory(
                fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        home.user().give(fresh);
        checked(
                ExternalCommand.run(
                        home.user()
                                .command(List.of(
                                        program("initdb"),
                                        "--pgdata=" + fresh,
                                        "--username=" + USER,
                                        "--auth=trust", // until the access file is written, which is before it listens
                                        "--encoding=UTF8",
                                        "--locale=C",
                                        "--locale-provider=builtin",
                                        "--builtin-locale=C.UTF-8",
                                        "--no-instructions")),
                        Path.of("/"),
                        BOUND),
                "The database could not be made");
        tell(fresh, "postgres", "CREATE DATABASE " + DATABASE);
        changePassword(fresh);
        configure(fresh, config);
        switch (config.flavour()) {
            case TIMESCALE_COMMUNITY -> createExtension(fresh);
            case TIMESCALE_APACHE -> {
                createExtension(fresh);
                // It comes with a job this edition refuses to run, and refuses to delete, and complains of in the log.
                tell(
                        fresh,
                        DATABASE,
                        "DELETE FROM _timescaledb_config.bgw_job WHERE proc_name = 'policy_job_stat_history_retention'");
            }
            case PLAIN -> {}
        }
        Files.writeString(fresh.resolve(FLAVOUR_FILE), config.flavour() + "\n");
        Files.move(fresh, home.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void createExtension(Path cluster) throws IOException, InterruptedException {
        try {
            tell(cluster, DATABASE, "CREATE EXTENSION timescaledb");
        } catch (EmbeddedStartException doesNotLoad) {
            throw new TimescaleUnavailable("its extension does not load: " + doesNotLoad.getMessage());
        }
    }

    void configure(PostgresConfig config) throws IOException {
        configure(home.cluster(), config);
    }

    private void configure(Path cluster, PostgresConfig config) throws IOException {
        write(cluster.resolve("postgresql.conf"), config.settings());
        write(cluster.resolve("pg_hba.conf"), PostgresConfig.ACCESS);
    }

    private void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        home.user().give(file);
    }

    /** The password, made anew when its file is gone. */
    String password() throws IOException, InterruptedException {
        return Files.exists(home.password())
                ? Files.readString(home.password()).strip()
                : changePassword(home.cluster());
    }

    private String changePassword(Path cluster) throws IOException, InterruptedException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random); // no quotes in it
        tell(cluster, "postgres", "ALTER ROLE %s PASSWORD '%s'".formatted(USER, password));
        Path fresh = home.dataDir().resolve("postgres.password.new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, password + "\n");
        Files.move(fresh, home.password(), StandardCopyOption.ATOMIC_MOVE);
        return password;
    }

    private void tell(Path cluster, String database, String statement) throws IOException, InterruptedException {
        List<String> command = List.of(
                program("postgres"), "--single", "-D", cluster.toString(), "-c", "exit_on_error=true", database);
        checked(
                ExternalCommand.run(home.user().command(command), Path.of("/"), statement + ";\n", BOUND),
                "The database could not be prepared");
    }

    String program(String name) {
        return programs.resolve("bin").resolve(name).toString();
    }

    private static void checked(ExternalCommand.Outcome outcome, String complaint) {
        if (!outcome.succeeded()) {
            throw new EmbeddedStartException(
                    complaint + ":\n" + outcome.output().strip());
        }
    }
}
