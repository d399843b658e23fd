package io.peerscope.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();

    @AfterEach
    void deleteWhatLiesElsewhere() throws IOException {
        EmbeddedPostgres.delete(dataDir());
    }

    @Test
    void timescaleMakesChunksAndBucketsAndDropsThem() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options())) {
            assumeTrue(postgres.flavour() != PostgresFlavour.PLAIN, () -> "TimescaleDB is absent: " + said);
            try (Connection connection = connect(postgres);
                    Statement sql = connection.createStatement()) {
                assertThat(first(sql, "select extversion from pg_extension where extname = 'timescaledb'"))
                        .startsWith("2.");
                sql.execute("create table reading (at timestamptz not null, value float8)");
                first(sql, "select create_hypertable('reading', by_range('at', interval '1 hour'))::text");
                sql.execute("insert into reading select timestamptz '2026-01-01' + n * interval '1 minute', n"
                        + " from generate_series(0, 179) n");
                assertThat(first(sql, "select count(*) from show_chunks('reading')"))
                        .isEqualTo("3");
                assertThat(first(
                                sql,
                                "select string_agg(total::text, ' ' order by hour) from (select time_bucket('1 hour', at)"
                                        + " as hour, count(*) as total from reading group by 1) buckets"))
                        .isEqualTo("60 60 60");
                first(sql, "select drop_chunks('reading', timestamptz '2026-01-01 01:00+00')");
                assertThat(first(sql, "select count(*) from reading")).isEqualTo("120");
                assertThat(first(sql, "show timescaledb.license")).isEqualTo("apache");
            }
        }
    }

    @Test
    void plainHasNoExtensionAndKeepsItsDataOverARestart() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(plain())) {
            assertThat(postgres.flavour()).isEqualTo(PostgresFlavour.PLAIN);
            execute(postgres, "create table word (text text)", "insert into word values ('kept')");
            try (Connection connection = connect(postgres);
                    Statement sql = connection.createStatement()) {
                assertThat(first(sql, "show server_version_num")).startsWith("17");
                assertThat(first(sql, "show fsync") + first(sql, "show synchronous_commit"))
                        .isEqualTo("onon");
                assertThat(first(sql, "select upper('äöß')")).isEqualTo("ÄÖß");
            }
        }
        // asked for with TimescaleDB now: the data decide
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options())) {
            assertThat(postgres.flavour()).isEqualTo(PostgresFlavour.PLAIN);
            assertThat(words(postgres)).isEqualTo("kept");
        }
    }

    @Test
    void aPostmasterKilledComesBackOnItsPortWithItsData() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(plain())) {
            String url = postgres.jdbcUrl();
            execute(postgres, "create table word (text text)", "insert into word values ('kept')");
            long first = postgres.postmasterPid();
            try (Connection busy = connect(postgres)) {
                assertThat(busy.isValid(1)).isTrue(); // its backend outlives the postmaster for a moment
                ProcessHandle.of(first).orElseThrow().destroyForcibly();
                await().atMost(Duration.ofSeconds(30)).until(() -> postgres.postmasterPid() != first);
            }
            assertThat(postgres.jdbcUrl()).isEqualTo(url);
            assertThat(words(postgres)).isEqualTo("kept");
        }
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void thePasswordIsRequiredKeptPrivateAndReplacedWhenLost() throws Exception {
        String old;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(plain())) {
            old = postgres.password();
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), "wrong"))
                    .isInstanceOf(SQLException.class);
            Path file = dataDir().resolve("postgres.password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Files.delete(file);
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(plain())) {
            assertThat(postgres.password()).isNotEqualTo(old);
            execute(postgres, "select 1");
        }
    }

    @Test
    void aFolderServesOneServerAtATime() {
        try (EmbeddedPostgres running = EmbeddedPostgres.start(plain())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(plain()))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("in use by another running instance");
            assertThat(ProcessHandle.of(running.postmasterPid())).isPresent();
        }
    }

    private Path dataDir() {
        return folder.resolve("postgres");
    }

    private PostgresOptions options() {
        return PostgresOptions.in(dataDir()).withProgress(said::add);
    }

    private PostgresOptions plain() {
        return options().withWanted(PostgresOptions.Wanted.PLAIN);
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    private static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }

    private static String words(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement sql = connection.createStatement()) {
            return first(sql, "select string_agg(text, ' ') from word");
        }
    }

    private static String first(Statement sql, String query) throws SQLException {
        try (ResultSet row = sql.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
