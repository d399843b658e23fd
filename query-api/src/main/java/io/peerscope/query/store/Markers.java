package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;

/** What is done once in the life of a database. */
public final class Markers {
    private final DataSource database;

    public Markers(DataSource database) {
        this.database = database;
    }

    public boolean done(String what) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select 1 from done_once where what = ?")) {
            select.setString(1, what);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    public void mark(String what, Instant at) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into done_once values (?, ?) on conflict do nothing")) {
            insert.setString(1, what);
            insert.setTimestamp(2, Timestamp.from(at));
            insert.executeUpdate();
        }
    }
}
