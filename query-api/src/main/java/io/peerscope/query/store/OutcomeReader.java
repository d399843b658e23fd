package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** How connections and transfers ended, by host, from {@code network_event}. */
public final class OutcomeReader {
    private static final String COUNT = "select host,"
            + " count(*) filter (where type = 'connection_state' and after = 'connected') as connected,"
            + " count(*) filter (where type = 'connection_state' and after = 'failed') as failed,"
            + " count(*) filter (where type = 'transfer' and lower(after) in"
            + " ('success', 'succeeded', 'completed', 'complete', 'ok', 'done')) as transferred,"
            + " count(*) filter (where type = 'transfer' and lower(after) in"
            + " ('failure', 'failed', 'error', 'aborted', 'timeout')) as transfers_failed"
            + " from network_event where time >= ? and type in ('connection_state', 'transfer')";

    private final DataSource database;

    public OutcomeReader(DataSource database) {
        this.database = database;
    }

    public record Outcomes(long connected, long failed, long transferred, long transfersFailed) {
        public static final Outcomes NONE = new Outcomes(0, 0, 0, 0);
    }

    /** @param host empty: all hosts of which anything is known */
    public Map<String, Outcomes> since(Instant from, Optional<String> host) {
        String sql = COUNT + (host.isPresent() ? " and host = ?" : "") + " group by host";
        try (Connection connection = database.getConnection();
                PreparedStatement count = connection.prepareStatement(sql)) {
            count.setTimestamp(1, Timestamp.from(from));
            if (host.isPresent()) {
                count.setString(2, host.get());
            }
            try (ResultSet rows = count.executeQuery()) {
                Map<String, Outcomes> outcomes = new HashMap<>();
                while (rows.next()) {
                    outcomes.put(
                            rows.getString("host"),
                            new Outcomes(
                                    rows.getLong("connected"),
                                    rows.getLong("failed"),
                                    rows.getLong("transferred"),
                                    rows.getLong("transfers_failed")));
                }
                return outcomes;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
