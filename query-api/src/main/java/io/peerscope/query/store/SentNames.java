package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** The names of what was ever sent. What is gone from every tier is still known here. */
public final class SentNames {
    /** Enough to find what somebody may have meant. */
    private static final int MOST = 10_000;

    private final DataSource database;
    private final Duration statementTimeout;

    public SentNames(DataSource database, Duration statementTimeout) {
        this.database = database;
        this.statementTimeout = statementTimeout;
    }

    public Set<String> kinds() {
        return new HashSet<>(texts("select distinct kind from subject"));
    }

    public Set<String> fields() {
        return new HashSet<>(texts("select distinct field from shape_field"));
    }

    /** Those of the hosts that ever sent anything or were registered. */
    public Set<String> hostsAmong(Collection<String> names) {
        Object[] wanted = names.toArray();
        return new HashSet<>(texts(
                "select w.host from unnest(?) w(host) where exists (select from subject s where s.host = w.host)"
                        + " or exists (select from registered_host r where r.host = w.host)",
                wanted));
    }

    public List<String> hosts() {
        return texts("select distinct host from subject limit " + MOST);
    }

    /** Those of the values that some subject has under this label. */
    public Set<String> valuesAmong(String label, Collection<String> values) {
        Set<String> known = new HashSet<>();
        Reading.limited(database, statementTimeout, connection -> {
            for (String value : values) {
                try (PreparedStatement select = connection.prepareStatement(
                        "select 1 from subject where labels @> jsonb_build_object(?::text, ?::text) limit 1")) {
                    select.setString(1, label);
                    select.setString(2, value);
                    try (ResultSet row = select.executeQuery()) {
                        if (row.next()) {
                            known.add(value);
                        }
                    }
                }
            }
            return known;
        });
        return known;
    }

    public List<String> labels() {
        return List.copyOf(
                new TreeSet<>(texts("select distinct k from subject, jsonb_object_keys(labels) k limit " + MOST)));
    }

    public List<String> valuesOf(String label) {
        return texts(
                "select distinct labels ->> w.label from subject, unnest(?) w(label) where labels ?? w.label limit "
                        + MOST,
                label);
    }

    /** @param wanted for the parameter, where the statement has one */
    private List<String> texts(String sql, Object... wanted) {
        return Reading.limited(database, statementTimeout, connection -> texts(connection, sql, wanted));
    }

    private static List<String> texts(Connection connection, String sql, Object... wanted) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            if (sql.contains("unnest(?)")) {
                select.setArray(1, connection.createArrayOf("text", wanted));
            }
            try (ResultSet rows = select.executeQuery()) {
                Set<String> found = new HashSet<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return List.copyOf(found);
            }
        }
    }
}
