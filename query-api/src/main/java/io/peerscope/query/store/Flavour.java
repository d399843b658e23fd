package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the tables of points are made with. Decided when they were made, whatever the server could do by now. */
public enum Flavour {
    TIMESCALE_COMMUNITY("timescale-community"),
    TIMESCALE_APACHE("timescale-apache"),
    PLAIN("plain");

    private final String word;

    Flavour(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Flavour of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select relkind = 'p', current_setting('timescaledb.license', true)"
                                + " from pg_class where oid = 'raw_point'::regclass")) {
            row.next();
            if (row.getBoolean(1)) {
                return PLAIN;
            }
            return "timescale".equals(row.getString(2)) ? TIMESCALE_COMMUNITY : TIMESCALE_APACHE;
        }
    }
}
