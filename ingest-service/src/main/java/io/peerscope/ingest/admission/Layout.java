package io.peerscope.ingest.admission;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a list of field names means: which canonical field each is, what range its value has, and which names are wrong.
 * Worked out once for each list, because a host sends the same one again and again.
 */
final class Layout {
    /** A name that no value can make right; {@code field} is its place among the names. */
    record BadName(int field, ErrorCode code, String detail) {}

    private final Shape shape;
    private final int[] source;
    private final double[] smallest;
    private final double[] largest;
    private final boolean takesNaN;
    private final List<BadName> badNames;

    private Layout(
            Shape shape, int[] source, double[] smallest, double[] largest, boolean takesNaN, List<BadName> badNames) {
        this.shape = shape;
        this.source = source;
        this.smallest = smallest;
        this.largest = largest;
        this.takesNaN = takesNaN;
        this.badNames = badNames;
    }

    static Layout of(FieldNames names, Dialect dialect, MetricCatalogue catalogue) {
        Map<String, Integer> sources = new TreeMap<>();
        List<BadName> badNames = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.name(i);
            if (!dialect.isName(name)) {
                badNames.add(new BadName(i, ErrorCode.BAD_NAME, "not a field name: " + Shown.text(name)));
                continue;
            }
            String canonical = catalogue.canonicalName(name);
            Integer earlier = sources.putIfAbsent(canonical, i);
            if (earlier != null) {
                String detail = "%s and %s are both %s".formatted(names.name(earlier), name, canonical);
                badNames.add(new BadName(i, ErrorCode.BAD_NAME, detail));
            }
        }
        int[] source = sources.values().stream().mapToInt(Integer::intValue).toArray();
        byte[] types = new byte[source.length];
        for (int i = 0; i < source.length; i++) {
            types[i] = names.type(source[i]).number();
        }
        Shape shape = Shape.typed(sources.keySet().toArray(String[]::new), types);
        double[] smallest = new double[source.length];
        double[] largest = new double[source.length];
        for (int i = 0; i < source.length; i++) {
            MetricDefinition known = catalogue.find(shape.field(i)).orElse(null);
            // where no infinities are taken the largest numbers that count, so that one comparison refuses all others
            smallest[i] = known == null || known.min() == null ? -dialect.largest() : known.min();
            largest[i] = known == null || known.max() == null ? dialect.largest() : known.max();
        }
        return new Layout(shape, source, smallest, largest, dialect.takesNaN(), List.copyOf(badNames));
    }

    /** The fields whose names are right. */
    Shape shape() {
        return shape;
    }

    List<BadName> badNames() {
        return badNames;
    }

    /** Where among the sender's names a field stands. */
    int source(int field) {
        return source[field];
    }

    boolean sane(int field, double value) {
        return value >= smallest[field] && value <= largest[field] || takesNaN && Double.isNaN(value);
    }

    String expectation(int field) {
        String from = smallest[field] == Double.NEGATIVE_INFINITY ? "" : " from " + smallest[field];
        String to = largest[field] == Double.POSITIVE_INFINITY ? "" : " to " + largest[field];
        return (takesNaN ? "a number" : "a finite number") + from + to;
    }
}
