package io.peerscope.query.store;

import io.peerscope.query.history.Tier;
import io.peerscope.query.point.PointKey;
import io.peerscope.query.point.RollupRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;

/** Table {@code rollup_1m}. One instance per writing thread. */
public final class MinuteRollups {
    private final Ids ids;
    private final BinaryCopy copy = new BinaryCopy();

    public MinuteRollups(Ids ids) {
        this.ids = ids;
    }

    /** Fails with a unique violation where any of the minutes is there already. */
    public void insert(Connection connection, Collection<RollupRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        copy.begin();
        for (RollupRow row : rows) {
            copy.row(13);
            copy.timestamp(row.start());
            copy.int8(row.subjectId());
            copy.int4(ids.of(row.shape()));
            copy.int8Array(row.counts());
            copy.float8Array(row.sums());
            copy.float8Array(row.mins());
            copy.float8Array(row.maxs());
            copy.float8Array(row.lasts());
            copyKept(row.firsts());
            copyKept(row.gains());
            if (row.sketches().length == 0) {
                copy.nothing();
            } else {
                copy.bytes(row.sketches());
            }
            copyTimes(row.firstTimes());
            copyTimes(row.lastTimes());
        }
        copy.send(connection, "rollup_1m (" + RollupColumns.ALL + ")");
        mark(connection, rows);
    }

    private void copyKept(double[] values) {
        if (values.length == 0) {
            copy.nothing();
        } else {
            copy.float8Array(values);
        }
    }

    private void copyTimes(long[] times) {
        if (times.length == 0) {
            copy.nothing();
        } else {
            copy.int8Array(times);
        }
    }

    /** Writes the minutes over whatever is there. */
    public void put(Connection connection, Collection<RollupRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement("insert into rollup_1m (" + RollupColumns.ALL
                + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" + RollupColumns.REPLACE)) {
            for (RollupRow row : rows) {
                upsert.setTimestamp(1, new Timestamp(row.start()));
                upsert.setLong(2, row.subjectId());
                upsert.setInt(3, ids.of(row.shape()));
                upsert.setArray(4, BinaryArray.of(connection, "int8", row.counts()));
                int column = 5;
                for (double[] values : new double[][] {row.sums(), row.mins(), row.maxs(), row.lasts()}) {
                    upsert.setArray(column++, BinaryArray.of(connection, "float8", values));
                }
                for (double[] values : new double[][] {row.firsts(), row.gains()}) {
                    upsert.setArray(column++, values.length == 0 ? null : BinaryArray.of(connection, "float8", values));
                }
                upsert.setBytes(column++, row.sketches().length == 0 ? null : row.sketches());
                for (long[] times : new long[][] {row.firstTimes(), row.lastTimes()}) {
                    upsert.setArray(column++, times.length == 0 ? null : BinaryArray.of(connection, "int8", times));
                }
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        mark(connection, rows);
    }

    void delete(Connection connection, Collection<PointKey> minutes) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from rollup_1m where subject_id = ? and time = ?")) {
            for (PointKey minute : minutes) {
                delete.setLong(1, minute.subjectId());
                delete.setTimestamp(2, new Timestamp(minute.time()));
                delete.addBatch();
            }
            delete.executeBatch();
        }
        TierMarks.mark(connection, Tier.HOUR, minutes);
    }

    private static void mark(Connection connection, Collection<RollupRow> rows) throws SQLException {
        TierMarks.mark(connection, Tier.HOUR, rows.stream().map(RollupRow::key).toList());
    }
}
