package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Who asks questions reads every table but the passwords, and changes nothing; the database itself sees to it. */
class ReadingLoginTest {
    private static final String LOGIN = "test_reading";
    private static final String DENIED = "42501";

    @RegisterExtension
    final FreshDatabase fresh = FreshDatabase.timescale();

    @BeforeEach
    void ensure() throws SQLException {
        new ReadingLogin(fresh.get(), LOGIN, "secret").ensure();
    }

    @Test
    void reads_every_table_and_view_but_the_passwords() throws SQLException {
        List<String> names = names("select relname from pg_class where relnamespace = 'public'::regnamespace"
                + " and relkind in ('r', 'p', 'v') and not relispartition"
                + " and pg_get_userbyid(relowner) = current_user order by 1");
        assertThat(names).contains("raw_point", "rollup_1m", "audit", "users", "sample");

        try (Connection connection = as(LOGIN).getConnection()) {
            for (String name : names) {
                if (List.of("users", "second_factor", "recovery_code", "login_attempt", "flyway_schema_history")
                        .contains(name)) {
                    assertDenied(connection, "select * from " + name);
                } else {
                    execute(connection, "select * from " + name + " limit 1");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into done_once(what, at) values ('x', now())",
                "update audit set who = 'somebody'",
                "delete from raw_point",
                "truncate alert",
                "drop table alert",
                "create table mine (id int)",
                "alter table audit disable trigger all",
                "copy (select 1) to program 'true'",
                "copy done_once from program 'echo x'",
                "set role peerscope",
                "create role another superuser",
                "select pg_read_file('/etc/passwd')",
                "alter system set log_statement = 'none'"
            })
    void changes_nothing(String sql) throws SQLException {
        try (Connection connection = as(LOGIN).getConnection()) {
            assertDenied(connection, sql);
        }
    }

    @Test
    void comes_to_read_a_table_that_was_made_later() throws SQLException {
        try (Connection owner = fresh.get().getConnection()) {
            execute(owner, "create table later (id int)");
        }
        try (Connection connection = as(LOGIN).getConnection()) {
            assertDenied(connection, "select * from later");
            new ReadingLogin(fresh.get(), LOGIN, "other words change nothing").ensure();
            execute(connection, "select * from later");
        }
    }

    @Test
    void an_owner_who_may_not_make_roles_is_told_what_an_administrator_has_to_run() throws SQLException {
        try (Connection owner = fresh.get().getConnection()) {
            execute(owner, "drop role if exists test_owner");
            execute(owner, "create role test_owner login password 'secret'");
        }
        assertThatThrownBy(() -> new ReadingLogin(as("test_owner"), "test_absent", "secret").ensure())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("create role test_absent login");
    }

    @Test
    void where_the_owner_asks_himself_nothing_is_made() throws SQLException {
        String owner = names("select current_user").getFirst();

        new ReadingLogin(fresh.get(), owner, "").ensure();
    }

    private DataSource as(String name) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(((PGSimpleDataSource) fresh.get()).getUrl());
        source.setUser(name);
        source.setPassword("secret");
        return source;
    }

    private List<String> names(String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = fresh.get().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void assertDenied(Connection connection, String sql) {
        assertThatThrownBy(() -> execute(connection, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(DENIED));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
