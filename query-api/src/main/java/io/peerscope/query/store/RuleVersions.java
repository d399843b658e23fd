package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Which versions of rules were given out. They stand in the record of what people changed, which nothing is ever deleted from:
 * alerts name rule and version, so a rule that is made again after it was removed goes on counting.
 */
public final class RuleVersions {
    private static final String LAST =
            "select coalesce(max(greatest((before->>'version')::bigint, (after->>'version')::bigint)), 0)"
                    + " from audit where object = ? and action like 'rule.%'";

    private final DataSource database;

    public RuleVersions(DataSource database) {
        this.database = database;
    }

    /** The highest that a rule of this id ever had by a person's doing; 0 if none. */
    public long last(String id) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(LAST)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
