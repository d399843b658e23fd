package io.peerscope.query.store;

import io.peerscope.contracts.json.Json;
import io.peerscope.query.point.PointKey;
import io.peerscope.query.point.PointRow;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Table {@code raw_point}. One instance per writing thread. */
public final class RawPoints {
    private static final String INTO = "raw_point (time, subject_id, shape_id, values, states)";

    private final Ids ids;
    private final BinaryCopy copy = new BinaryCopy();

    public RawPoints(Ids ids) {
        this.ids = ids;
    }

    /** Fails with a unique violation where any of the points is there already. */
    public void insert(Connection connection, Collection<PointRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        copy.begin();
        for (PointRow row : rows) {
            copy.row(5);
            copy.timestamp(row.time());
            copy.int8(row.subjectId());
            copy.int4(ids.of(row.shape()));
            copy.float8Array(row.values());
            if (row.states().isEmpty()) {
                copy.nothing();
            } else {
                copy.jsonb(Json.encode(row.states()));
            }
        }
        copy.send(connection, INTO);
    }

    /** Which of these points are there, and how. */
    public Map<PointKey, PointRow> find(Connection connection, Collection<PointKey> keys) throws SQLException {
        Map<PointKey, PointRow> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        try (PreparedStatement select =
                connection.prepareStatement("select r.subject_id, r.time, r.shape_id, array_send(r.values), r.states"
                        + " from unnest(?, ?) k(subject_id, millis) join raw_point r on r.subject_id = k.subject_id"
                        + " and r.time = timestamptz 'epoch' + k.millis * interval '1 millisecond'"
                        + " where r.time between ? and ?")) {
            long[] times = keys.stream().mapToLong(PointKey::time).toArray();
            select.setArray(
                    1, longs(connection, keys.stream().map(PointKey::subjectId).toArray()));
            select.setArray(2, longs(connection, Arrays.stream(times).boxed().toArray()));
            select.setTimestamp(3, new Timestamp(Arrays.stream(times).min().orElseThrow()));
            select.setTimestamp(4, new Timestamp(Arrays.stream(times).max().orElseThrow()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    PointRow row = read(connection, rows);
                    found.put(row.key(), row);
                }
            }
        }
        return found;
    }

    public void replace(Connection connection, Collection<PointRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("update raw_point set shape_id = ?, values = ?,"
                + " states = ?::jsonb where subject_id = ? and time = ?")) {
            for (PointRow row : rows) {
                update.setInt(1, ids.of(row.shape()));
                update.setArray(2, BinaryArray.of(connection, "float8", row.values()));
                update.setString(3, row.states().isEmpty() ? null : JsonText.of(row.states()));
                update.setLong(4, row.subjectId());
                update.setTimestamp(5, new Timestamp(row.time()));
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** All points of these windows, ordered by window and time. */
    Map<PointKey, List<PointRow>> inWindows(Connection connection, List<PointKey> windows, long windowMillis)
            throws SQLException {
        Map<PointKey, List<PointRow>> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select r.subject_id, r.time, r.shape_id, array_send(r.values), r.states from raw_point r"
                        + " where r.subject_id = ? and r.time >= ? and r.time < ? order by r.time")) {
            for (PointKey window : windows) {
                select.setLong(1, window.subjectId());
                select.setTimestamp(2, new Timestamp(window.time()));
                select.setTimestamp(3, new Timestamp(window.time() + windowMillis));
                List<PointRow> points = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        points.add(read(connection, rows));
                    }
                }
                found.put(window, points);
            }
        }
        return found;
    }

    private PointRow read(Connection connection, ResultSet row) throws SQLException {
        return new PointRow(
                row.getLong(1),
                row.getTimestamp(2).getTime(),
                ids.shape(connection, row.getInt(3)),
                BinaryArray.doubles(row.getBytes(4)),
                JsonText.states(row.getString(5)));
    }

    static Array longs(Connection connection, Object[] values) throws SQLException {
        return connection.createArrayOf("int8", values);
    }
}
