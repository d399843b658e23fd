package io.peerscope.ingest.foreign;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.ingest.admission.Dialect;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.FieldNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts together what comes sample by sample: a draft for each host, in it a point for each subject and time. A field that
 * a point has already begins another point, so that admission sees both and the later one wins. Not thread-safe.
 */
public final class Gathering {
    /** Ordered, so that a hash table of them stays quick also where a stranger makes hash codes collide. */
    private record Slot(String host, String kind, List<String> labels, long timestamp) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int order = Long.compare(timestamp, other.timestamp);
            order = order != 0 ? order : host.compareTo(other.host);
            order = order != 0 ? order : kind.compareTo(other.kind);
            return order != 0 ? order : compare(labels, other.labels);
        }

        private static int compare(List<String> one, List<String> other) {
            return Arrays.compare(one.toArray(String[]::new), other.toArray(String[]::new));
        }
    }

    private static final class Row {
        private final Set<String> present = new HashSet<>();
        private final List<String> names = new ArrayList<>();
        private byte[] types = new byte[4];
        private double[] values = new double[4];
        private int[] items = new int[4];

        private void add(String field, FieldType type, double value, int item) {
            int at = names.size();
            if (at == values.length) {
                types = Arrays.copyOf(types, 2 * at);
                values = Arrays.copyOf(values, 2 * at);
                items = Arrays.copyOf(items, 2 * at);
            }
            types[at] = type.number();
            values[at] = value;
            items[at] = item;
            names.add(field);
        }

        private DraftPoint point(Slot slot) {
            int size = names.size();
            return new DraftPoint(
                    slot.kind(),
                    slot.labels(),
                    slot.timestamp(),
                    FieldNames.typed(names.toArray(String[]::new), types, size),
                    Arrays.copyOf(values, size),
                    List.of(),
                    Arrays.copyOf(items, size));
        }
    }

    private final Map<Slot, Row> open = new LinkedHashMap<>();
    private final Map<String, List<DraftPoint>> closed = new LinkedHashMap<>();

    /**
     * @param labels name, value, name, value …; no name twice
     * @param timestamp as in {@link DraftPoint#timestamp()}
     * @param item as in {@link DraftPoint#items()}
     */
    public void add(
            String host,
            String kind,
            List<String> labels,
            long timestamp,
            String field,
            FieldType type,
            double value,
            int item) {
        Slot slot = new Slot(host, kind, labels, timestamp);
        Row row = open.get(slot);
        if (row == null || !row.present.add(field)) {
            if (row != null) {
                points(host).add(row.point(slot));
            }
            row = new Row();
            row.present.add(field);
            open.put(slot, row);
        }
        row.add(field, type, value, item);
    }

    private List<DraftPoint> points(String host) {
        return closed.computeIfAbsent(host, first -> new ArrayList<>());
    }

    /** All of it; call once. */
    public List<Draft> drafts() {
        open.forEach((slot, row) -> points(slot.host()).add(row.point(slot)));
        List<Draft> drafts = new ArrayList<>(closed.size());
        closed.forEach((host, points) ->
                drafts.add(new Draft(Dialect.FOREIGN, host, "", Draft.NO_TIME, List.of(), List.copyOf(points))));
        return drafts;
    }
}
