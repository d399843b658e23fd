package io.peerscope.ingest.admission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds batches as a sender would. */
public final class Drafts {
    /** When the tests take place. */
    public static final long NOW = 1_763_687_000_000L;

    private Dialect dialect = Dialect.NATIVE;
    private String host = "h1";
    private String batch = "";
    private long sentAt = Draft.NO_TIME;
    private List<String> labels = List.of();
    private final List<DraftPoint> points = new ArrayList<>();

    public static Drafts batch() {
        return new Drafts();
    }

    public Drafts host(String name) {
        host = name;
        return this;
    }

    public Drafts id(String id) {
        batch = id;
        return this;
    }

    public Drafts sentAt(long millis) {
        sentAt = millis;
        return this;
    }

    /** As in a format of others. */
    public Drafts foreign() {
        dialect = Dialect.FOREIGN;
        return this;
    }

    public Drafts labels(String... pairs) {
        labels = List.of(pairs);
        return this;
    }

    public Drafts point(long timestamp, Object... fields) {
        return point("host", List.of(), timestamp, List.of(), fields);
    }

    public Drafts point(String kind, List<String> pointLabels, long timestamp, List<String> states, Object... fields) {
        String[] names = new String[fields.length / 2];
        double[] values = new double[fields.length / 2];
        for (int i = 0; i < names.length; i++) {
            names[i] = (String) fields[2 * i];
            values[i] = ((Number) fields[2 * i + 1]).doubleValue();
        }
        points.add(new DraftPoint(
                kind, pointLabels, timestamp, FieldNames.of(names), values, states, DraftPoint.NO_ITEMS));
        return this;
    }

    public Draft draft() {
        return new Draft(dialect, host, batch, sentAt, labels, List.copyOf(points));
    }

    /** So many labels or states, each different. */
    static List<String> pairs(int count) {
        String[] pairs = new String[2 * count];
        Arrays.setAll(pairs, i -> (i % 2 == 0 ? "n" : "v") + i / 2);
        return List.of(pairs);
    }
}
