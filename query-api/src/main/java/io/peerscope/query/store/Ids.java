package io.peerscope.query.store;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of subjects and shapes, cached. New ones are committed before the rows that use them, so a cached number is
 * always valid, unless the database was set back to an older copy: then {@link #forget()}.
 */
public final class Ids {
    /** About 200 bytes each; beyond that the cache starts anew. */
    private static final int MAX_CACHED = 500_000;
    /** Mostly a few; a shape takes some kilobytes. */
    private static final int MAX_CACHED_SHAPES = 20_000;

    private final Map<Subject, Long> subjects = new ConcurrentHashMap<>();
    private final Map<Shape, Integer> shapes = new ConcurrentHashMap<>();
    private final Map<Integer, Shape> shapesById = new ConcurrentHashMap<>();
    private final Set<Sent> sent = ConcurrentHashMap.newKeySet();

    /** That a subject sent a shape, once at least. */
    public record Sent(long subjectId, int shapeId) {}

    public long of(Subject subject) {
        return known(subjects.get(subject), subject);
    }

    public int of(Shape shape) {
        return known(shapes.get(shape), shape);
    }

    private static <T> T known(@Nullable T id, Object thing) {
        if (id == null) {
            throw new IllegalStateException("not resolved: " + thing);
        }
        return id;
    }

    public void forget() {
        subjects.clear();
        shapes.clear();
        shapesById.clear();
        sent.clear();
    }

    /** Remembers which subject sent what, so that questions know whom to look at. The connection must commit by itself. */
    public void remember(Connection connection, Stream<Sent> rows) throws SQLException {
        if (sent.size() > MAX_CACHED) {
            sent.clear();
        }
        // In one order everywhere, or two writers could wait for one another.
        TreeSet<Sent> fresh = rows.filter(row -> !sent.contains(row))
                .collect(Collectors.toCollection(() ->
                        new TreeSet<>(Comparator.comparingLong(Sent::subjectId).thenComparingInt(Sent::shapeId))));
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into subject_shape select * from unnest(?, ?) on conflict do nothing")) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", fresh.stream().map(Sent::subjectId).toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", fresh.stream().map(Sent::shapeId).toArray()));
            insert.executeUpdate();
        }
        sent.addAll(fresh);
    }

    /** Makes sure that these have numbers. The connection must commit by itself. */
    public void resolve(Connection connection, Collection<Subject> wantedSubjects, Collection<Shape> wantedShapes)
            throws SQLException {
        if (subjects.size() > MAX_CACHED) {
            subjects.clear();
        }
        if (shapes.size() > MAX_CACHED_SHAPES) {
            shapes.clear();
            shapesById.clear();
        }
        TreeMap<String, Subject> newSubjects = new TreeMap<>();
        for (Subject subject : wantedSubjects) {
            if (!subjects.containsKey(subject)) {
                newSubjects.put(subject.canonical(), subject);
            }
        }
        if (!newSubjects.isEmpty()) {
            find(connection, newSubjects);
            if (!newSubjects.isEmpty()) {
                insert(connection, newSubjects);
                find(connection, newSubjects);
            }
        }
        Set<Shape> newShapes = new LinkedHashSet<>(wantedShapes);
        newShapes.removeAll(shapes.keySet());
        for (Shape shape : newShapes) {
            resolve(connection, shape);
        }
    }

    /** What is behind a stored shape number. */
    Shape shape(Connection connection, int id) throws SQLException {
        Shape cached = shapesById.get(id);
        if (cached != null) {
            return cached;
        }
        try (PreparedStatement select = connection.prepareStatement("select fields, types from shape where id = ?")) {
            select.setInt(1, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Shape shape = shape((String[]) row.getArray(1).getArray(), (Short[])
                        row.getArray(2).getArray());
                shapesById.put(id, shape);
                return shape;
            }
        }
    }

    private static Shape shape(String[] fields, Short[] types) {
        byte[] numbers = new byte[fields.length];
        for (int i = 0; i < types.length; i++) {
            numbers[i] = types[i].byteValue();
        }
        return Shape.typed(fields, numbers);
    }

    private static Array types(Connection connection, Shape shape) throws SQLException {
        Short[] types = new Short[shape.isTyped() ? shape.size() : 0];
        for (int i = 0; i < types.length; i++) {
            types[i] = (short) shape.type(i).number();
        }
        return connection.createArrayOf("int2", types);
    }

    private void find(Connection connection, TreeMap<String, Subject> wanted) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id, canonical from subject where text_identity(canonical)"
                        + " = any(array(select text_identity(c) from unnest(?) as u(c)))")) {
            select.setArray(1, texts(connection, wanted.keySet()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Subject subject = wanted.remove(rows.getString(2));
                    if (subject != null) {
                        subjects.put(subject, rows.getLong(1));
                    }
                }
            }
        }
    }

    private static void insert(Connection connection, TreeMap<String, Subject> wanted) throws SQLException {
        List<String> hosts = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (Subject subject : wanted.values()) {
            hosts.add(subject.host());
            kinds.add(subject.kind());
            labels.add(JsonText.of(subject.labels().asMap()));
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into subject (host, kind, labels, canonical)"
                        + " select h, k, l::jsonb, c from unnest(?, ?, ?, ?) as u(h, k, l, c) on conflict do nothing")) {
            insert.setArray(1, texts(connection, hosts));
            insert.setArray(2, texts(connection, kinds));
            insert.setArray(3, texts(connection, labels));
            insert.setArray(4, texts(connection, wanted.keySet()));
            insert.executeUpdate();
        }
    }

    private void resolve(Connection connection, Shape shape) throws SQLException {
        Array fields = texts(connection, shape.fields());
        Array types = types(connection, shape);
        // The fields of a new shape come with it, in one statement: a shape without them would hide its samples.
        try (PreparedStatement insert = connection.prepareStatement(
                "with made as (insert into shape (fields, types) values (?, ?) on conflict do nothing"
                        + " returning id, fields, types)"
                        + " insert into shape_field (shape_id, field, idx, type)"
                        + " select made.id, f.field, f.idx, coalesce(made.types[f.idx], 0)"
                        + " from made, unnest(made.fields) with ordinality f(field, idx)")) {
            insert.setArray(1, fields);
            insert.setArray(2, types);
            insert.executeUpdate();
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select id from shape where shape_identity(fields, types) = shape_identity(?, ?)")) {
            select.setArray(1, fields);
            select.setArray(2, types);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                shapes.put(shape, row.getInt(1));
                shapesById.put(row.getInt(1), shape);
            }
        }
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
