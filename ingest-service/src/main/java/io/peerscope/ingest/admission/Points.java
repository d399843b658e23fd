package io.peerscope.ingest.admission;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the valid points of one batch, each subject and time once. Not thread-safe. */
final class Points {
    /** Ordered, so that a hash table of them stays quick also where a stranger makes hash codes collide. */
    private record Slot(Subject subject, long timestamp) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int byTime = Long.compare(timestamp, other.timestamp);
            return byTime != 0 ? byTime : subject.compareTo(other.subject);
        }
    }

    private final Dialect dialect;
    private final String host;
    private final Map<String, String> hostLabels;
    private final Layouts layouts;
    private final Subjects subjects;
    private final MetricCatalogue catalogue;
    private final EventTime time;
    private final SeriesBudget budget;
    private final Faults faults;
    private final List<Point> points;
    /** Where each point stands; empty while there is but one. */
    private final Map<Slot, Integer> taken = new HashMap<>();

    private int merged;

    /** @param expected how many points there will be, at most */
    Points(
            Dialect dialect,
            String host,
            Map<String, String> hostLabels,
            Layouts layouts,
            Subjects subjects,
            MetricCatalogue catalogue,
            EventTime time,
            SeriesBudget budget,
            Faults faults,
            int expected) {
        this.dialect = dialect;
        this.host = host;
        this.hostLabels = hostLabels;
        this.layouts = layouts;
        this.subjects = subjects;
        this.catalogue = catalogue;
        this.time = time;
        this.budget = budget;
        this.faults = faults;
        this.points = new ArrayList<>(expected);
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    List<Point> list() {
        return points;
    }

    /** Samples that a later one has replaced. */
    int merged() {
        return merged;
    }

    /** @return how many samples of the point are right */
    int add(int index, DraftPoint draft) {
        try {
            Subject subject = subject(draft);
            long timestamp = time.of(draft.timestamp());
            Map<String, String> states = states(draft.states());
            if (draft.names().size() > Limits.FIELDS) {
                throw new RefusedException(ErrorCode.BAD_PARAMETER, "more than " + Limits.FIELDS + " fields");
            }
            if (draft.names().size() == 0 && states.isEmpty()) {
                throw new RefusedException(ErrorCode.MISSING_FIELD, "neither fields nor states");
            }
            Point point = point(index, draft, subject, timestamp, states);
            if ((point.values().length > 0 || !point.states().isEmpty()) && !put(point)) {
                faults.point(
                        index,
                        draft,
                        point.values().length,
                        ErrorCode.BAD_PARAMETER,
                        "too much for one subject and time");
                return 0;
            }
            return point.values().length;
        } catch (RefusedException refused) {
            faults.point(index, draft, draft.names().size(), refused.code(), refused.detail());
            return 0;
        }
    }

    private Subject subject(DraftPoint draft) throws RefusedException {
        // labels of the host would make it another subject; senders of foreign formats have no word for them
        boolean memorable = dialect == Dialect.FOREIGN && hostLabels.isEmpty();
        Subject known = memorable ? subjects.find(host, draft) : null;
        if (known != null) {
            return known;
        }
        Subject made = checked(draft);
        if (memorable) {
            subjects.remember(draft, made);
        }
        return made;
    }

    private Subject checked(DraftPoint draft) throws RefusedException {
        if (!Grammar.isName(draft.kind())) {
            throw new RefusedException(ErrorCode.BAD_NAME, "not a kind: " + Shown.text(draft.kind()));
        }
        Map<String, String> labels = HostLabels.checked(dialect, draft.labels(), host);
        if (draft.kind().equals(Subject.HOST)) {
            hostLabels.forEach(labels::putIfAbsent);
        }
        if (labels.size() > dialect.labels()) {
            throw new RefusedException(ErrorCode.BAD_PARAMETER, "more than " + dialect.labels() + " labels");
        }
        return new Subject(host, draft.kind(), Labels.of(labels));
    }

    private Map<String, String> states(List<String> pairs) throws RefusedException {
        if (pairs.isEmpty()) {
            return Map.of();
        }
        Map<String, String> states = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            String name = pairs.get(i);
            if (!Grammar.isName(name)) {
                throw new RefusedException(ErrorCode.BAD_NAME, "not a state's name: " + Shown.text(name));
            }
            if (pairs.get(i + 1).isEmpty() || !Grammar.isText(pairs.get(i + 1))) {
                String detail = "state %s must be text of 1 to %d bytes".formatted(name, Grammar.TEXT_LIMIT);
                throw new RefusedException(ErrorCode.BAD_VALUE, detail);
            }
            if (states.put(catalogue.canonicalState(name), pairs.get(i + 1)) != null) {
                throw new RefusedException(ErrorCode.BAD_NAME, "the state " + name + " stands twice");
            }
        }
        if (states.size() > Limits.STATES) {
            throw new RefusedException(ErrorCode.BAD_PARAMETER, "more than " + Limits.STATES + " states");
        }
        return Map.copyOf(states);
    }

    private Point point(int index, DraftPoint draft, Subject subject, long timestamp, Map<String, String> states) {
        Layout layout = layouts.of(draft.names());
        for (Layout.BadName bad : layout.badNames()) {
            faults.sample(index, draft, bad.field(), bad.code(), bad.detail());
        }
        Shape shape = layout.shape();
        double[] values = new double[shape.size()];
        boolean[] insane = null;
        for (int field = 0; field < values.length; field++) {
            values[field] = draft.values()[layout.source(field)];
            if (!layout.sane(field, values[field])) {
                insane = insane == null ? new boolean[values.length] : insane;
                insane[field] = true;
                String detail = shape.field(field) + " must be " + layout.expectation(field);
                faults.sample(index, draft, layout.source(field), ErrorCode.BAD_VALUE, detail);
            }
        }
        Point sane = new Point(subject, timestamp, shape, values, states);
        if (insane != null) {
            sane = without(insane, sane);
        } else if (values.length > 0 && budget.knows(subject, shape)) {
            return sane;
        }
        return affordable(index, draft, layout, sane);
    }

    /** Without what is beyond the budget of series. */
    private Point affordable(int index, DraftPoint draft, Layout layout, Point point) {
        boolean[] over = new boolean[point.values().length];
        int refused = over.length == 0 ? 0 : budget.ask(point.subject(), point.shape(), over);
        for (int field = 0; refused > 0 && field < over.length; field++) {
            if (over[field]) {
                int source = layout.source(layout.shape().indexOf(point.shape().field(field)));
                faults.sample(index, draft, source, ErrorCode.CARDINALITY_EXCEEDED, "too many series");
            }
        }
        if (refused < over.length || point.states().isEmpty() || budget.ask(point.subject())) {
            return refused == 0 ? point : without(over, point);
        }
        faults.point(index, draft, 0, ErrorCode.CARDINALITY_EXCEEDED, "too many series");
        return new Point(point.subject(), point.timestamp(), Shape.sorted(), new double[0], Map.of());
    }

    private static Point without(boolean[] insane, Point point) {
        int[] sane = new int[insane.length];
        double[] values = new double[insane.length];
        int size = 0;
        for (int field = 0; field < insane.length; field++) {
            if (!insane[field]) {
                values[size] = point.values()[field];
                sane[size++] = field;
            }
        }
        Shape shape = point.shape().only(Arrays.copyOf(sane, size));
        return new Point(point.subject(), point.timestamp(), shape, Arrays.copyOf(values, size), point.states());
    }

    /** @return false where together with earlier ones it would be more than one point may have */
    private boolean put(Point point) {
        if (points.isEmpty()) {
            points.add(point);
            return true;
        }
        if (taken.isEmpty()) {
            taken.put(slot(points.getFirst()), 0);
        }
        Integer earlier = taken.putIfAbsent(slot(point), points.size());
        if (earlier == null) {
            points.add(point);
            return true;
        }
        Point both = merge(points.get(earlier), point);
        if (both.values().length > Limits.FIELDS
                || both.states().size() > Limits.STATES
                || !budget.takes(both.subject(), both.shape())) {
            return false;
        }
        merged += points.get(earlier).values().length + point.values().length - both.values().length;
        points.set(earlier, both);
        return true;
    }

    private static Slot slot(Point point) {
        return new Slot(point.subject(), point.timestamp());
    }

    private static Point merge(Point earlier, Point later) {
        Shape shape = earlier.shape().with(later.shape());
        double[] values = new double[shape.size()];
        for (int field = 0; field < values.length; field++) {
            int place = later.shape().indexOf(shape.field(field));
            values[field] = place >= 0
                    ? later.values()[place]
                    : earlier.values()[earlier.shape().indexOf(shape.field(field))];
        }
        Map<String, String> states = new HashMap<>(earlier.states());
        states.putAll(later.states());
        return new Point(later.subject(), later.timestamp(), shape, values, Map.copyOf(states));
    }
}
