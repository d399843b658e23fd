package io.peerscope.query.store;

import static java.util.Objects.requireNonNull;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.contracts.rollup.Sketches;
import io.peerscope.query.history.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sketches of one bucket of some subjects, put together from those of its parts. SQL cannot add them up. */
final class TierSketches {
    /** By subject, then by field. */
    private final Map<Long, SortedMap<String, Sketch>> sketches = new LinkedHashMap<>();

    private final Map<Long, Shape> targets;

    private TierSketches(Map<Long, Shape> targets) {
        this.targets = targets;
    }

    /** @param targets by subject: the shape its row will have */
    static TierSketches read(
            Connection connection,
            Ids ids,
            Tier source,
            long from,
            long to,
            Object[] subjects,
            Map<Long, Shape> targets)
            throws SQLException {
        TierSketches all = new TierSketches(targets);
        try (PreparedStatement select = connection.prepareStatement("select subject_id, shape_id, sketches from "
                + source.table() + " where time >= ? and time < ? and subject_id = any(?) and sketches is not null")) {
            select.setTimestamp(1, new Timestamp(from));
            select.setTimestamp(2, new Timestamp(to));
            select.setArray(3, connection.createArrayOf("int8", subjects));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (targets.containsKey(rows.getLong(1))) { // what came meanwhile is made again
                        all.add(rows.getLong(1), ids.shape(connection, rows.getInt(2)), rows.getBytes(3));
                    }
                }
            }
        }
        return all;
    }

    private void add(long subject, Shape shape, byte[] bytes) {
        SortedMap<String, Sketch> fields = sketches.computeIfAbsent(subject, id -> new TreeMap<>());
        Sketches.decode(bytes).forEach((field, sketch) -> fields.merge(shape.field(field), sketch, Sketch::plus));
    }

    Object[] subjects() {
        return sketches.keySet().toArray();
    }

    /** In the order of {@link #subjects()}. */
    byte[][] bytes() {
        return sketches.entrySet().stream()
                .map(subject -> encode(subject.getValue(), requireNonNull(targets.get(subject.getKey()))))
                .toArray(byte[][]::new);
    }

    private static byte[] encode(SortedMap<String, Sketch> fields, Shape shape) {
        SortedMap<Integer, Sketch> byPlace = new TreeMap<>();
        fields.forEach((field, sketch) -> {
            int place = shape.indexOf(field);
            if (place >= 0) {
                byPlace.put(place, sketch);
            }
        });
        return Sketches.encode(byPlace);
    }
}
