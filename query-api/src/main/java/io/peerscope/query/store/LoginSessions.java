package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** From where people are logged in; whether they still are is not asked here. */
public final class LoginSessions {
    private static final int LONGEST_BROWSER = 300;

    private final DataSource database;

    public LoginSessions(DataSource database) {
        this.database = database;
    }

    /**
     * @param id of the credential
     * @param browser what it called itself; may be empty
     */
    public record LoginSession(
            String id,
            String username,
            String address,
            String browser,
            Instant startedAt,
            Instant lastUsedAt,
            @Nullable Instant expiresAt) {

        public LoginSession {
            String printable = browser.replaceAll("\\p{Cntrl}", " ");
            browser = printable.substring(0, Math.min(LONGEST_BROWSER, printable.length()));
        }
    }

    public static void add(Connection connection, LoginSession session) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into login_session"
                + " (id, username, address, browser, started_at, last_used_at, expires_at)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, session.id());
            insert.setString(2, session.username());
            insert.setString(3, session.address());
            insert.setString(4, session.browser());
            insert.setTimestamp(5, Timestamp.from(session.startedAt()));
            insert.setTimestamp(6, Timestamp.from(session.lastUsedAt()));
            insert.setTimestamp(7, session.expiresAt() == null ? null : Timestamp.from(session.expiresAt()));
            insert.executeUpdate();
        }
    }

    /** @return false where there was none */
    public static boolean remove(Connection connection, String id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from login_session where id = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate() == 1;
        }
    }

    /** When these were used last, as far as it is written down, by id. */
    public Map<String, Instant> lastUsed(Collection<String> ids) {
        Map<String, Instant> times = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select id, last_used_at from login_session where id = any (?)")) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    times.put(rows.getString(1), rows.getTimestamp(2).toInstant());
                }
            }
            return times;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Those of one user by id, among them some that have ended. */
    public Map<String, LoginSession> of(String username) {
        Map<String, LoginSession> sessions = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select * from login_session where username = ?")) {
            select.setString(1, username);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LoginSession session = read(rows);
                    sessions.put(session.id(), session);
                }
            }
            return sessions;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** @param times of last use by id; an older one than is known changes nothing */
    public void used(Map<String, Instant> times) throws SQLException {
        if (times.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update login_session set last_used_at = greatest(last_used_at, ?) where id = ?")) {
            for (Map.Entry<String, Instant> each : times.entrySet()) {
                update.setTimestamp(1, Timestamp.from(each.getValue()));
                update.setString(2, each.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    public void forgetExpired(Instant now) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from login_session where expires_at < ?")) {
            delete.setTimestamp(1, Timestamp.from(now));
            delete.executeUpdate();
        }
    }

    private static LoginSession read(ResultSet row) throws SQLException {
        Timestamp expiresAt = row.getTimestamp("expires_at");
        return new LoginSession(
                row.getString("id"),
                row.getString("username"),
                row.getString("address"),
                row.getString("browser"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("last_used_at").toInstant(),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}
