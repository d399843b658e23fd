package io.peerscope.query.store;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.query.clock.ClockDay;
import io.peerscope.query.clock.ClockState;
import io.peerscope.query.clock.ClockTurns;
import io.peerscope.query.ledger.HostDay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Tables {@code host_clock}, {@code clock_jump} and {@code clock_day}. Written in the transaction that stores the samples, so
 * no jump counts twice. Where all clocks are right this is one look at an empty index.
 */
public final class Clocks {
    /** So many jumps of a host are kept. */
    private static final int RING = 100;

    private Clocks() {}

    /** @param batches in the order in which they were received */
    public static void book(Connection connection, Collection<PointBatch> batches) throws SQLException {
        String[] wrong = batches.stream()
                .filter(batch -> batch.skew() != 0)
                .map(PointBatch::host)
                .distinct()
                .toArray(String[]::new);
        Map<String, ClockState> known = known(connection, wrong);
        if (wrong.length == 0 && known.isEmpty()) {
            return;
        }
        ClockTurns turns = new ClockTurns(known);
        batches.forEach(turns::hear);
        put(connection, turns);
    }

    private static Map<String, ClockState> known(Connection connection, String[] hosts) throws SQLException {
        Map<String, ClockState> known = new HashMap<>();
        String sql = "select host, correction_ms, since, jumps from host_clock where correction_ms <> 0"
                + (hosts.length == 0 ? "" : " or host = any(?)");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            if (hosts.length > 0) {
                select.setArray(1, connection.createArrayOf("text", hosts));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    known.put(
                            rows.getString(1),
                            new ClockState(rows.getLong(2), rows.getTimestamp(3).getTime(), rows.getLong(4)));
                }
            }
        }
        return known;
    }

    private static void put(Connection connection, ClockTurns turns) throws SQLException {
        try (PreparedStatement clock = connection.prepareStatement("insert into host_clock values (?, ?, ?, ?)"
                        + " on conflict (host) do update set correction_ms = excluded.correction_ms,"
                        + " since = excluded.since, jumps = excluded.jumps");
                PreparedStatement jump = connection.prepareStatement("insert into clock_jump values (?, ?, ?, ?, ?)"
                        + " on conflict (host, slot) do update set at = excluded.at, before_ms = excluded.before_ms,"
                        + " after_ms = excluded.after_ms");
                PreparedStatement day = connection.prepareStatement("insert into clock_day as d"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (host, day) do update set"
                        + " samples = d.samples + excluded.samples, jumps = d.jumps + excluded.jumps,"
                        + " least_ms = least(d.least_ms, excluded.least_ms),"
                        + " most_ms = greatest(d.most_ms, excluded.most_ms),"
                        + " ahead_ms = greatest(d.ahead_ms, excluded.ahead_ms)")) {
            for (Map.Entry<String, ClockState> each : turns.changed().entrySet()) {
                clock.setString(1, each.getKey());
                clock.setLong(2, each.getValue().correction());
                clock.setTimestamp(3, new Timestamp(each.getValue().since()));
                clock.setLong(4, each.getValue().jumps());
                clock.addBatch();
            }
            clock.executeBatch();
            for (ClockTurns.Jump each : turns.jumps()) {
                jump.setString(1, each.host());
                jump.setInt(2, (int) (each.number() % RING));
                jump.setTimestamp(3, new Timestamp(each.at()));
                jump.setLong(4, each.before());
                jump.setLong(5, each.after());
                jump.addBatch();
            }
            jump.executeBatch();
            for (Map.Entry<HostDay, ClockDay> each : turns.days().entrySet()) {
                ClockDay values = each.getValue();
                day.setString(1, each.getKey().host());
                day.setObject(2, each.getKey().day());
                day.setLong(3, values.samples());
                day.setLong(4, values.least());
                day.setLong(5, values.most());
                day.setLong(6, values.ahead());
                day.setLong(7, values.jumps());
                day.addBatch();
            }
            day.executeBatch();
        }
    }
}
