package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Second factors of people. What uses a code up is one statement, so that of two who send it at once one succeeds. */
public final class SecondFactorTable {
    private final DataSource database;

    public SecondFactorTable(DataSource database) {
        this.database = database;
    }

    /**
     * A second factor.
     *
     * @param sealed its secret as it is kept
     * @param confirmedAt null: it was only offered, and counts for nothing
     * @param codesLeft recovery codes that were not used
     */
    public record SecondFactor(
            String username, String sealed, @Nullable Instant confirmedAt, int codesLeft) {}

    public Optional<SecondFactor> find(String username) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select secret, confirmed_at,"
                        + " (select count(*) from recovery_code c where c.username = f.username and used_at is null)"
                        + " from second_factor f where username = ?")) {
            select.setString(1, username);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Timestamp confirmed = row.getTimestamp(2);
                return Optional.of(new SecondFactor(
                        username, row.getString(1), confirmed == null ? null : confirmed.toInstant(), row.getInt(3)));
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Who has one that counts. */
    public Set<String> confirmed() {
        Set<String> names = new HashSet<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select username from second_factor where confirmed_at is not null");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /**
     * Keeps a new secret until it is confirmed, instead of one that never was.
     *
     * @return false where there is one that counts
     */
    public boolean offer(String username, String sealed, Instant now) {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement("insert into second_factor as f"
                        + " (username, secret, created_at) values (?, ?, ?)"
                        + " on conflict (username) do update set secret = excluded.secret,"
                        + " created_at = excluded.created_at where f.confirmed_at is null")) {
            upsert.setString(1, username);
            upsert.setString(2, sealed);
            upsert.setTimestamp(3, Timestamp.from(now));
            return upsert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /**
     * Makes it count.
     *
     * @param sealed the secret whose code was shown; another may have been offered meanwhile
     * @return false where that is so, or it counts already
     */
    public static boolean confirm(
            Connection connection, String username, String sealed, long step, List<byte[]> codes, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update second_factor"
                + " set confirmed_at = ?, last_step = ? where username = ? and secret = ? and confirmed_at is null")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setLong(2, step);
            update.setString(3, username);
            update.setString(4, sealed);
            if (update.executeUpdate() == 0) {
                return false;
            }
        }
        addCodes(connection, username, codes);
        return true;
    }

    /** @param codes hashes of those that count from now on */
    public static void replaceCodes(Connection connection, String username, List<byte[]> codes) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from recovery_code where username = ?")) {
            delete.setString(1, username);
            delete.executeUpdate();
        }
        addCodes(connection, username, codes);
    }

    private static void addCodes(Connection connection, String username, List<byte[]> codes) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into recovery_code (username, hash) values (?, ?)")) {
            for (byte[] hash : codes) {
                insert.setString(1, username);
                insert.setBytes(2, hash);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** @return false where a code of this step, or of a later one, was used before */
    public static boolean use(Connection connection, String username, long step) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update second_factor set last_step = ?"
                + " where username = ? and confirmed_at is not null and last_step < ?")) {
            update.setLong(1, step);
            update.setString(2, username);
            update.setLong(3, step);
            return update.executeUpdate() == 1;
        }
    }

    /** Of this factor; every instance and every start before counts. */
    public static int wrongCodes(Connection connection, String username, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(*) from audit a join second_factor f"
                + " on f.username = a.object where a.object = ? and a.action = 'session.refused'"
                + " and a.after ->> 'wrong' = 'code' and a.at > greatest(?, f.confirmed_at)")) {
            select.setString(1, username);
            select.setTimestamp(2, Timestamp.from(since));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /** @return false where it is none, or was used before */
    public static boolean useRecoveryCode(Connection connection, String username, byte[] hash, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update recovery_code set used_at = ?" + " where username = ? and hash = ? and used_at is null")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, username);
            update.setBytes(3, hash);
            return update.executeUpdate() == 1;
        }
    }

    public static void reseal(Connection connection, String username, String before, String after) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update second_factor set secret = ? where username = ? and secret = ?")) {
            update.setString(1, after);
            update.setString(2, username);
            update.setString(3, before);
            update.executeUpdate();
        }
    }

    /** @return false where there was none */
    public static boolean remove(Connection connection, String username) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from second_factor where username = ?")) {
            delete.setString(1, username);
            return delete.executeUpdate() == 1;
        }
    }
}
