package io.peerscope.query.store;

import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.PostgresFlavour;
import io.peerscope.embedded.PostgresOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * One real PostgreSQL for all tests of this JVM; each test gets databases of its own. The embedded one, or with
 * {@code -Dpeerscope.test.containers=true} the official image, whose TimescaleDB is the community edition.
 */
public final class PostgresServer implements AutoCloseable {
    private static final DockerImageName IMAGE =
            DockerImageName.parse("timescale/timescaledb:2.19.3-pg17").asCompatibleSubstituteFor("postgres");

    private final Running server;
    private final AtomicInteger databases = new AtomicInteger();

    private record Running(String jdbcUrl, String username, String password, boolean timescale, Closeable stop) {}

    private PostgresServer() {
        server = Boolean.getBoolean("peerscope.test.containers") ? container() : embedded();
    }

    private static Running embedded() {
        try {
            Path dir = Files.createTempDirectory("peerscope-query-pg");
            EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(dir));
            return new Running(
                    postgres.jdbcUrl(),
                    postgres.username(),
                    postgres.password(),
                    postgres.flavour() != PostgresFlavour.PLAIN,
                    () -> {
                        postgres.close();
                        EmbeddedPostgres.delete(dir);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Running container() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(IMAGE).withDatabaseName("peerscope");
        postgres.start();
        return new Running(
                postgres.getJdbcUrl().replaceAll("\\?.*$", ""),
                postgres.getUsername(),
                postgres.getPassword(),
                true,
                postgres::stop);
    }

    public static PostgresServer of(ExtensionContext context) {
        return Objects.requireNonNull(context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent("postgres", key -> new PostgresServer(), PostgresServer.class));
    }

    /** A new database with all migrations; the test is skipped where TimescaleDB is wanted and absent. */
    public DataSource database(boolean timescale) throws SQLException {
        Assumptions.assumeTrue(!timescale || server.timescale(), "TimescaleDB is not available here");
        String name = "test_" + databases.incrementAndGet();
        try (Connection connection = source("peerscope").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            // nobody pulls its plug
            statement.execute("alter database " + name + " set synchronous_commit = off");
            if (!timescale) {
                statement.execute("alter database " + name + " set peerscope.flavour = 'plain'");
            }
        }
        DataSource database = source(name);
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    private DataSource source(String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(name));
        source.setUser(server.username());
        source.setPassword(server.password());
        return source;
    }

    private String url(String database) {
        return server.jdbcUrl().replaceAll("/[^/]*$", "/" + database);
    }

    @Override
    public void close() throws IOException {
        server.stop().close();
    }
}
