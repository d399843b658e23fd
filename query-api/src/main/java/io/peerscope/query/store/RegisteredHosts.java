package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;

/** Hosts that were given a token. */
public final class RegisteredHosts {
    private RegisteredHosts() {}

    /** @return false where it is registered already */
    public static boolean add(Connection connection, String host, Map<String, String> labels, Instant at, String by)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into registered_host values (?, ?::jsonb, ?, ?) on conflict do nothing")) {
            insert.setString(1, host);
            insert.setString(2, JsonText.of(labels));
            insert.setTimestamp(3, Timestamp.from(at));
            insert.setString(4, by);
            return insert.executeUpdate() == 1;
        }
    }
}
