package io.peerscope.query.store;

import io.peerscope.contracts.security.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** People who log in with a password or by a provider. Who they are is asked of the database; that they are logged in is not. */
public final class Users {
    private final DataSource database;

    public Users(DataSource database) {
        this.database = database;
    }

    /**
     * @param passwordHash Argon2id in its text form; never leaves the service. Null: logs in by a provider
     * @param external who he is there; null: logs in with a password
     */
    public record User(
            String username,
            Role role,
            @Nullable String passwordHash,
            boolean disabled,
            Instant createdAt,
            Instant changedAt,
            @Nullable External external) {}

    /** Somebody as a provider knows him. */
    public record External(String issuer, String subject) {}

    public Optional<User> find(String username) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select * from users where username = ?")) {
            select.setString(1, username);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    public Optional<User> find(External external) {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select * from users where issuer = ? and subject = ?")) {
            select.setString(1, external.issuer());
            select.setString(2, external.subject());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    public List<User> all() {
        List<User> users = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select * from users order by username");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                users.add(read(rows));
            }
            return users;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /**
     * As somebody is, and stays until the transaction ends: a login that has begun is over before he is changed, and one
     * that comes later sees the change.
     */
    public static Optional<User> hold(Connection connection, String username) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from users where username = ? for no key update")) {
            select.setString(1, username);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    /** @return false where the name, or who he is at the provider, is taken */
    public static boolean add(Connection connection, User user) throws SQLException {
        return put(connection, user, "on conflict do nothing") == 1;
    }

    public static void put(Connection connection, User user) throws SQLException {
        put(
                connection,
                user,
                "on conflict (username) do update set role = excluded.role, password_hash = excluded.password_hash,"
                        + " disabled = excluded.disabled, changed_at = excluded.changed_at");
    }

    private static int put(Connection connection, User user, String onConflict) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into users"
                + " (username, role, password_hash, disabled, created_at, changed_at, issuer, subject)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?) "
                + onConflict)) {
            insert.setString(1, user.username());
            insert.setString(2, user.role().word());
            insert.setString(3, user.passwordHash());
            insert.setBoolean(4, user.disabled());
            insert.setTimestamp(5, Timestamp.from(user.createdAt()));
            insert.setTimestamp(6, Timestamp.from(user.changedAt()));
            insert.setString(7, user.external() == null ? null : user.external().issuer());
            insert.setString(8, user.external() == null ? null : user.external().subject());
            return insert.executeUpdate();
        }
    }

    public static void delete(Connection connection, String username) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from users where username = ?")) {
            delete.setString(1, username);
            delete.executeUpdate();
        }
    }

    private static User read(ResultSet row) throws SQLException {
        String issuer = row.getString("issuer");
        return new User(
                row.getString("username"),
                Role.of(row.getString("role")),
                row.getString("password_hash"),
                row.getBoolean("disabled"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("changed_at").toInstant(),
                issuer == null ? null : new External(issuer, row.getString("subject")));
    }
}
