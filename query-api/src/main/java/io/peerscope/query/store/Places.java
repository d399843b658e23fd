package io.peerscope.query.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where in their rows of values the shapes have some fields. Shapes that have none of them are not here. */
final class Places {
    private static final String SELECT =
            "select f.shape_id, w.place, f.idx from unnest(?) with ordinality w(field, place)"
                    + " join shape_field f on f.field = w.field order by 1";

    private final List<String> fields;
    private final Map<Integer, @Nullable Integer[]> shapes = new HashMap<>();

    private Places(List<String> fields) {
        this.fields = fields;
    }

    /** @param index of the value in a row, from 0 */
    record Place(int index, String field) {}

    static Places of(Connection connection, List<String> fields) throws SQLException {
        Places places = new Places(fields);
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setArray(1, connection.createArrayOf("text", fields.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    places.shapes
                                    .computeIfAbsent(rows.getInt(1), shape -> new Integer[fields.size()])[
                                    rows.getInt(2) - 1] =
                            rows.getInt(3);
                }
            }
        }
        return places;
    }

    List<String> fields() {
        return fields;
    }

    boolean none() {
        return shapes.isEmpty();
    }

    /** Numbers of the shapes. */
    Array shapes(Connection connection) throws SQLException {
        return connection.createArrayOf("int4", shapes.keySet().toArray());
    }

    /** For each of {@link #shapes} the index of a field as the database counts, from 1; null where it is not there. */
    Array indexes(Connection connection, int field) throws SQLException {
        return connection.createArrayOf(
                "int4", shapes.values().stream().map(indexes -> indexes[field]).toArray());
    }

    /** Whether all shapes have the field. */
    boolean everywhere(int field) {
        return shapes.values().stream().allMatch(indexes -> indexes[field] != null);
    }

    /** Those of the fields that the shapes have. */
    Set<String> fieldsOf(Integer[] shapesOfSubject) {
        Set<String> found = new HashSet<>();
        for (int shape : shapesOfSubject) {
            in(shape).forEach(place -> found.add(place.field()));
        }
        return found;
    }

    List<Place> in(int shape) {
        @Nullable Integer[] indexes = shapes.get(shape);
        List<Place> found = new ArrayList<>();
        for (int field = 0; indexes != null && field < indexes.length; field++) {
            Integer index = indexes[field];
            if (index != null) {
                found.add(new Place(index - 1, fields.get(field)));
            }
        }
        return found;
    }
}
