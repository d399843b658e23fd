package io.peerscope.query.store;

import io.peerscope.contracts.json.Json;
import io.peerscope.query.advice.Advice;
import io.peerscope.query.advice.AdviceBook;
import io.peerscope.query.advice.AdviceKind;
import io.peerscope.query.advice.TrackRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Table {@code advice}. */
public final class AdviceTable {
    /** What was decided long ago is not looked at. */
    private static final int MOST_DECIDED = 1_000;

    private final DataSource database;

    public AdviceTable(DataSource database) {
        this.database = database;
    }

    /** Open or applied. */
    public List<Advice> live() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return read(connection, "select document from advice where state in ('open', 'applied')");
        }
    }

    /** Live ones, and the newest of those that were decided. */
    public List<Advice> all() {
        try (Connection connection = database.getConnection()) {
            return read(
                    connection,
                    "select document from advice where state in ('open', 'applied') union all (select document from advice"
                            + " where state in ('confirmed', 'refuted') order by changed_at desc limit " + MOST_DECIDED
                            + ")");
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static List<Advice> read(Connection connection, String sql) throws SQLException {
        List<Advice> all = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(Json.decode(rows.getString(1).getBytes(StandardCharsets.UTF_8), Advice.class));
            }
        }
        return all;
    }

    public Map<AdviceKind, TrackRecord> records() {
        Map<AdviceKind, long[]> counts = new EnumMap<>(AdviceKind.class);
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select kind, state, count(*) from advice"
                        + " where state in ('confirmed', 'refuted') group by kind, state");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                long[] count = counts.computeIfAbsent(AdviceKind.of(rows.getString(1)), kind -> new long[2]);
                count[rows.getString(2).equals("confirmed") ? 0 : 1] = rows.getLong(3);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
        Map<AdviceKind, TrackRecord> records = new EnumMap<>(AdviceKind.class);
        for (AdviceKind kind : AdviceKind.values()) {
            long[] count = counts.getOrDefault(kind, new long[2]);
            records.put(kind, TrackRecord.of(kind, count[0], count[1]));
        }
        return records;
    }

    public void write(AdviceBook.Changes changes, Instant now) throws SQLException {
        if (changes.kept().isEmpty() && changes.takenBack().isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement delete = connection.prepareStatement(
                            "delete from advice where id = ? and state in ('open', 'applied')");
                    PreparedStatement put = connection.prepareStatement("insert into advice"
                            + " (id, made_at, kind, state, changed_at, document) values (?, ?, ?, ?, ?, ?::jsonb)"
                            + " on conflict (id, made_at) do update set state = excluded.state,"
                            + " changed_at = excluded.changed_at, document = excluded.document"
                            + " where advice.state in ('open', 'applied')")) {
                for (Advice gone : changes.takenBack()) {
                    delete.setString(1, gone.id());
                    delete.addBatch();
                }
                delete.executeBatch();
                for (Advice advice : changes.kept()) {
                    put.setString(1, advice.id());
                    put.setTimestamp(2, Timestamp.from(advice.madeAt()));
                    put.setString(3, advice.kind().word());
                    put.setString(4, advice.state().word());
                    put.setTimestamp(5, Timestamp.from(now));
                    put.setString(6, JsonText.of(advice));
                    put.addBatch();
                }
                put.executeBatch();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** Forgets what was decided before. */
    public void forget(Instant before) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "delete from advice where state in ('confirmed', 'refuted') and changed_at < ?")) {
            delete.setTimestamp(1, Timestamp.from(before));
            delete.executeUpdate();
        }
    }
}
