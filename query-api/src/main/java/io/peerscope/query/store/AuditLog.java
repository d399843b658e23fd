package io.peerscope.query.store;

import io.peerscope.foundation.security.Principal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What people changed. The entry and the change are one: no change without its entry, and no entry of a change that
 * failed. Where the change is a Kafka record, the entry is committed once the record is confirmed.
 */
public final class AuditLog {
    private final DataSource database;
    private final InstantSource clock;

    public AuditLog(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param action such as {@code rule.create}
     * @param object what it was done to
     * @param before null where there was nothing; never with secrets
     * @param after null where nothing is left; never with secrets
     */
    public record Entry(
            String action,
            String object,
            @Nullable Object before,
            @Nullable Object after) {}

    /** What is done between the entry and its commit. */
    @FunctionalInterface
    public interface Change<T> {
        T apply(Connection connection) throws SQLException;
    }

    public <T> T record(Principal who, Entry entry, Change<T> change) {
        return recordAll(who, List.of(entry), change);
    }

    /** Several entries of one change. */
    public <T> T recordAll(Principal who, List<Entry> entries, Change<T> change) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                for (Entry entry : entries) {
                    insert(connection, who, entry);
                }
                T result = change.apply(connection);
                connection.commit();
                return result;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** An act that changes no data of ours, such as a login. */
    public void note(Principal who, Entry entry) {
        record(who, entry, connection -> entry);
    }

    private void insert(Connection connection, Principal who, Entry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into audit"
                + " (at, who, role, action, object, before, after) values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)")) {
            insert.setTimestamp(1, Timestamp.from(clock.instant()));
            insert.setString(2, who.name());
            insert.setString(3, who.role().word());
            insert.setString(4, entry.action());
            insert.setString(5, entry.object());
            insert.setString(6, entry.before() == null ? null : JsonText.of(entry.before()));
            insert.setString(7, entry.after() == null ? null : JsonText.of(entry.after()));
            insert.executeUpdate();
        }
    }
}
