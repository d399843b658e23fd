package io.peerscope.query.store;

import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.PostgresFlavour;
import io.peerscope.embedded.PostgresOptions;
import java.io.IOException;
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

/** One real PostgreSQL for all tests of this JVM; each test gets databases of its own. */
public final class PostgresServer implements AutoCloseable {
    private final Path dir;
    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer() {
        try {
            dir = Files.createTempDirectory("peerscope-query-pg");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server = EmbeddedPostgres.start(PostgresOptions.in(dir));
    }

    public static PostgresServer of(ExtensionContext context) {
        return Objects.requireNonNull(context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent("postgres", key -> new PostgresServer(), PostgresServer.class));
    }

    /** A new database with all migrations; the test is skipped where TimescaleDB is wanted and absent. */
    public DataSource database(boolean timescale) throws SQLException {
        Assumptions.assumeTrue(
                !timescale || server.flavour() != PostgresFlavour.PLAIN, "TimescaleDB is not available here");
        String name = "test_" + databases.incrementAndGet();
        try (Connection connection = source("peerscope").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
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
        source.setUrl(server.jdbcUrl().replaceAll("/[^/]*$", "/" + name));
        source.setUser(server.username());
        source.setPassword(server.password());
        return source;
    }

    @Override
    public void close() throws IOException {
        server.close();
        EmbeddedPostgres.delete(dir);
    }
}
