package io.peerscope.query.store;

import io.peerscope.query.history.Reach;
import io.peerscope.query.history.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** How much room the tables take that grow with time. */
public final class Storage {
    private static final List<String> OTHERS = List.of(
            "alert_event",
            "delivery",
            "network_event",
            "clock_day",
            "ledger_day",
            "receipt_note",
            "quarantine",
            "p2p_connection_metrics",
            "p2p_streaming_metrics");

    private final DataSource database;

    public Storage(DataSource database) {
        this.database = database;
    }

    /**
     * One of them.
     *
     * @param bytes with its indexes, on disk
     * @param since what is older has been let go; empty where nothing has, or where age does not decide
     */
    public record Table(String name, long bytes, Optional<Instant> since) {}

    public List<Table> tables() {
        try (Connection connection = database.getConnection()) {
            Reach reach = Tiers.reach(connection);
            Map<String, Optional<Instant>> wanted = new LinkedHashMap<>();
            for (Tier tier : Tier.values()) {
                wanted.put(tier.table(), Optional.of(reach.since(tier)).filter(since -> since.isAfter(Instant.EPOCH)));
            }
            OTHERS.forEach(table -> wanted.put(table, Optional.empty()));
            List<Table> tables = new ArrayList<>();
            String size = size(Flavour.of(connection));
            for (Map.Entry<String, Optional<Instant>> one : wanted.entrySet()) {
                tables.add(new Table(one.getKey(), bytes(connection, size, one.getKey()), one.getValue()));
            }
            return tables;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static String size(Flavour flavour) {
        return switch (flavour) {
            case PLAIN -> "select sum(pg_total_relation_size(relid)) from pg_partition_tree(?::regclass)";
            case TIMESCALE_APACHE, TIMESCALE_COMMUNITY ->
                "select coalesce(hypertable_size(t), pg_total_relation_size(t)) from (select ?::regclass) x(t)";
        };
    }

    private static long bytes(Connection connection, String sql, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
