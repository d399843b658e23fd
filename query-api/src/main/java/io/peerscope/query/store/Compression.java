package io.peerscope.query.store;

import io.peerscope.query.history.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Has TimescaleDB compress chunks that hardly change any more, by policies of its own. Only the community edition can; on
 * others this does nothing. What is late for a compressed chunk is stored all the same, only slower: the rows of its
 * subject are unpacked around it.
 */
public final class Compression {
    /** Rows of one subject lie together, so a question for a host unpacks nothing of the others. */
    private static final String SETTINGS = "alter table %s set (timescaledb.compress,"
            + " timescaledb.compress_segmentby = 'subject_id', timescaledb.compress_orderby = 'time')";

    private static final String ENABLED =
            "select compression_enabled from timescaledb_information.hypertables where hypertable_name = ?";
    private static final String POLICY = "select (config->>'compress_after')::interval = ?::interval"
            + " from timescaledb_information.jobs where proc_name = 'policy_compression' and hypertable_name = ?";

    private final DataSource database;
    private final Optional<Duration> rawAfter;
    private final Supplier<Duration> rawRetention;

    /**
     * @param rawAfter age at which raw points are compressed; empty: nothing ever is
     * @param rawRetention late points change longer tiers as long as raw points are kept, so these wait for its end
     */
    public Compression(DataSource database, Optional<Duration> rawAfter, Supplier<Duration> rawRetention) {
        rawAfter.filter(Duration::isNegative).ifPresent(age -> {
            throw new IllegalArgumentException(
                    "peerscope.query.compress-after must not be negative, was %s".formatted(age));
        });
        this.database = database;
        this.rawAfter = rawAfter;
        this.rawRetention = rawRetention;
    }

    /** Makes the policies what they should be; again and again is no harm. */
    public void run() throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (Flavour.of(connection) != Flavour.TIMESCALE_COMMUNITY) {
                return;
            }
            settle(connection, Tier.RAW.table(), rawAfter);
            for (Tier longer : List.of(Tier.MINUTE, Tier.HOUR, Tier.DAY)) {
                settle(connection, longer.table(), rawAfter.map(compressed -> rawRetention.get()));
            }
        }
    }

    private static void settle(Connection connection, String table, Optional<Duration> after) throws SQLException {
        if (after.isEmpty()) {
            call(connection, "select remove_compression_policy(?::regclass, if_exists => true)", table);
            return;
        }
        if (!holds(connection, ENABLED, table)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS.formatted(table));
            }
        }
        String age = after.get().toString();
        if (!holds(connection, POLICY, age, table)) {
            call(connection, "select remove_compression_policy(?::regclass, if_exists => true)", table);
            call(connection, "select add_compression_policy(?::regclass, compress_after => ?::interval)", table, age);
        }
    }

    private static boolean holds(Connection connection, String question, String... values) throws SQLException {
        try (PreparedStatement ask = prepared(connection, question, values);
                ResultSet row = ask.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void call(Connection connection, String function, String... values) throws SQLException {
        try (PreparedStatement call = prepared(connection, function, values)) {
            call.execute();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, String... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }
}
