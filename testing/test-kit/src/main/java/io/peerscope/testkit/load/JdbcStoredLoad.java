package io.peerscope.testkit.load;

import io.peerscope.testkit.infrastructure.Database;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Reads the load's rows from the tables themselves, past every service. */
final class JdbcStoredLoad implements StoredLoad {
    private static final int FETCH = 2000;
    private static final String POINTS = """
            select s.host, r.time, f.fields, r.values
            from raw_point r join subject s on s.id = r.subject_id join shape f on f.id = r.shape_id
            where s.host like ?""";
    private static final String WINDOWS = """
            select s.host, r.time, f.fields, r.counts, r.sums, r.mins, r.maxs, r.lasts
            from rollup_1m r join subject s on s.id = r.subject_id join shape f on f.id = r.shape_id
            where s.host like ?""";

    private final Database database;
    private final String hosts;

    JdbcStoredLoad(Database database, String hostPrefix) {
        this.database = database;
        this.hosts = hostPrefix.replace("_", "\\_") + "-%";
    }

    @FunctionalInterface
    private interface RowReader {
        void read(PointId id, String[] fields, ResultSet row) throws SQLException;
    }

    @Override
    public void points(BiConsumer<PointId, Map<String, Double>> each) {
        read(POINTS, (id, fields, row) -> {
            Double[] values = doubles(row.getArray(4));
            Map<String, Double> point = new TreeMap<>();
            for (int i = 0; i < fields.length; i++) {
                point.put(fields[i], values[i]);
            }
            each.accept(id, point);
        });
    }

    @Override
    public void windows(BiConsumer<PointId, Map<String, WindowTotals>> each) {
        read(WINDOWS, (id, fields, row) -> {
            Long[] counts = (Long[]) row.getArray(4).getArray();
            Double[] sums = doubles(row.getArray(5));
            Double[] mins = doubles(row.getArray(6));
            Double[] maxs = doubles(row.getArray(7));
            Double[] lasts = doubles(row.getArray(8));
            Map<String, WindowTotals> window = new TreeMap<>();
            for (int i = 0; i < fields.length; i++) {
                window.put(fields[i], new WindowTotals(counts[i], sums[i], mins[i], maxs[i], lasts[i], 0));
            }
            each.accept(id, window);
        });
    }

    private void read(String sql, RowReader reader) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false); // otherwise the driver fetches everything at once
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCH);
                select.setString(1, hosts);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Timestamp time = rows.getTimestamp(2);
                        reader.read(
                                new PointId(rows.getString(1), time.getTime()),
                                (String[]) rows.getArray(3).getArray(),
                                rows);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be read", e);
        }
    }

    private static Double[] doubles(Array array) throws SQLException {
        return (Double[]) array.getArray();
    }
}
