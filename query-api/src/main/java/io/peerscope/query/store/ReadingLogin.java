package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The login that questions are asked with. It has the role {@value #ROLE}, which may read every table and view but the
 * passwords, and change nothing. Role and login are made here where the owner of the tables may make roles; elsewhere
 * whoever may has to make them, and is told how.
 */
public final class ReadingLogin {
    public static final String ROLE = "peerscope_reader";

    /** What only the owner reads: hashes of passwords and codes, secrets, and the book of migrations. */
    private static final String HIDDEN =
            "'users', 'second_factor', 'recovery_code', 'login_attempt', 'flyway_schema_history'";

    private static final String UNREAD = """
        select format('grant select on %%I to %%I', relname, '%1$s') from pg_class c
        where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
          and pg_get_userbyid(relowner) = current_user
          and relname not in (%2$s) and not has_table_privilege('%1$s', c.oid, 'select')\
        """.formatted(ROLE, HIDDEN);

    private final DataSource owner;
    private final String name;
    private final String password;

    /** @param name of the login; that of the owner where there is none of its own */
    public ReadingLogin(DataSource owner, String name, String password) {
        this.owner = owner;
        this.name = name;
        this.password = password;
    }

    /**
     * Again changes nothing but what new tables need.
     *
     * @throws SQLException with what to do, where role or login are missing and cannot be made
     */
    public void ensure() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try {
                ensure(connection);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private void ensure(Connection connection) throws SQLException {
        if (name.equals(one(connection, "select current_user"))) {
            return;
        }
        // Several may start at once, and roles belong to all databases of a server.
        run(connection, "select pg_advisory_xact_lock(hashtext('" + ROLE + "'))");
        boolean makesRoles = "t"
                .equals(one(connection, "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"));
        if (one(connection, "select from pg_roles where rolname = '" + ROLE + "'") == null) {
            if (!makesRoles) {
                throw missing();
            }
            run(connection, "create role " + ROLE + " nologin");
        }
        grant(connection);
        if (one(connection, "select from pg_roles where rolname = ?", name) == null) {
            if (!makesRoles) {
                throw missing();
            }
            run(
                    connection,
                    text(connection, "select format('create role %I login password %L', ?, ?)", name, password));
        }
        if (one(connection, "select where pg_has_role(?, '" + ROLE + "', 'usage')", name) == null) {
            if (!makesRoles) {
                throw missing();
            }
            run(connection, text(connection, "select format('grant " + ROLE + " to %I', ?)", name));
        }
    }

    private static void grant(Connection connection) throws SQLException {
        List<String> grants = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(UNREAD)) {
            while (rows.next()) {
                grants.add(rows.getString(1));
            }
        }
        for (String grant : grants) {
            run(connection, grant);
        }
    }

    private SQLException missing() {
        return new SQLException(
                ("The login %1$s for questions is not there or lacks the role %2$s, and the owner of the tables may not"
                                + " make roles. Let an administrator of the database run: create role %2$s;"
                                + " create role %1$s login password '…' in role %2$s;")
                        .formatted(name, ROLE));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql, String... values) throws SQLException {
        String text = one(connection, sql, values);
        if (text == null) {
            throw new SQLException("no answer to " + sql);
        }
        return text;
    }

    /** The first column of the first row, empty where it has no columns; null where there is no row. */
    private static @Nullable String one(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                return rows.getMetaData().getColumnCount() == 0 ? "" : rows.getString(1);
            }
        }
    }
}
