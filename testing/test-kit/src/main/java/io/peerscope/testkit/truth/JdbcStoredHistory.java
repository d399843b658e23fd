package io.peerscope.testkit.truth;

import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Sketches;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.truth.Reference.Cell;
import io.peerscope.testkit.truth.Reference.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Reads the tables themselves, past every service. */
final class JdbcStoredHistory implements StoredHistory {
    private static final int FETCH = 5000;
    /** What was concluded of links is rolled up, too, though nobody sent it. */
    private static final String OF_SAMPLES =
            " where s.kind not in ('%s')".formatted(String.join("', '", Subject.ROLLED_UP_WITHOUT_SAMPLES));

    private final Connection connection;

    /** All that is read through one of these is of one moment. */
    JdbcStoredHistory(Database database) throws SQLException {
        connection = database.connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false); // otherwise the driver fetches everything at once
    }

    @Override
    public void samples(BiConsumer<Cell, Double> each) throws SQLException {
        read(
                "select s.canonical, f.field, r.time, r.values[f.idx] from raw_point r"
                        + " join subject s on s.id = r.subject_id join shape_field f on f.shape_id = r.shape_id",
                row -> each.accept(cell(row), row.getDouble(4)));
    }

    @Override
    public void buckets(Span span, BiConsumer<Cell, Row> each) throws SQLException {
        read(
                "select s.canonical, f.field, r.time, r.counts[f.idx], r.sums[f.idx], r.mins[f.idx], r.maxs[f.idx],"
                        + " r.lasts[f.idx], r.firsts[f.idx], r.gains[f.idx], coalesce(r.first_times[f.idx], r.first_times[1]),"
                        + " coalesce(r.last_times[f.idx], r.last_times[1]), r.sketches, f.idx - 1 from " + span.table()
                        + " r join subject s on s.id = r.subject_id join shape_field f on f.shape_id = r.shape_id"
                        + OF_SAMPLES,
                row -> each.accept(
                        cell(row),
                        new Row(
                                row.getLong(4),
                                row.getDouble(5),
                                row.getDouble(6),
                                row.getDouble(7),
                                row.getDouble(8),
                                row.getDouble(9),
                                row.getDouble(10),
                                row.getLong(11),
                                row.getLong(12),
                                Optional.ofNullable(row.getBytes(13))
                                        .map(Sketches::decode)
                                        .flatMap(sketches -> Optional.ofNullable(sketches.get(intOf(row, 14)))))));
    }

    @Override
    public OptionalLong builtUntil(Span span) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select done_until from tier_progress where tier = ?")) {
            select.setString(1, span.word());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getTimestamp(1).getTime()) : OptionalLong.empty();
            }
        }
    }

    @Override
    public long workLeft() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select count(*) from late_window) + (select count(*) from tier_work)")) {
            row.next();
            return row.getLong(1);
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void read(String sql, RowReader reader) throws SQLException {
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery(sql)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static Cell cell(ResultSet row) throws SQLException {
        Timestamp time = row.getTimestamp(3);
        return new Cell(new Series(row.getString(1), row.getString(2)), time.getTime());
    }

    private static int intOf(ResultSet row, int column) {
        try {
            return row.getInt(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
