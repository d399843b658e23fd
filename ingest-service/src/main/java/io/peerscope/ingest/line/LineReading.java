package io.peerscope.ingest.line;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Dialect;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.Faults;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.foreign.Origin;
import io.peerscope.ingest.line.FieldPlan.Group;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one body, line by line. Items are lines, told by their number in the body. */
final class LineReading {
    /** Bounds what a body of tiny lines may grow to in memory. */
    private static final int MOST_LINES = 100_000;

    private final LineDecoder parts;
    private final byte[] bytes;
    private final int length;
    private final Precision precision;
    private final List<Precision> units;
    private final Sender sender;
    private final FieldScan fields;
    private final Map<String, List<DraftPoint>> hosts = new LinkedHashMap<>();
    private final Faults faults = new Faults();
    private int items;
    private long droppedTexts;

    LineReading(LineDecoder parts, byte[] bytes, int length, LineApi api, Precision precision, Sender sender) {
        this.parts = parts;
        this.bytes = bytes;
        this.length = length;
        this.precision = precision;
        this.units = api.precisions();
        this.sender = sender;
        this.fields = new FieldScan(bytes);
    }

    Decoded read() throws UndecodableException {
        int line = 0;
        int next;
        for (int at = 0; at < length; at = next + 1, line++) {
            next = at;
            while (next < length && bytes[next] != '\n') {
                next++;
            }
            int end = next > at && bytes[next - 1] == '\r' ? next - 1 : next;
            int start = afterSpaces(at, end);
            if (start < end && bytes[start] != '#') {
                if (++items > MOST_LINES) {
                    throw new UndecodableException(ErrorCode.TOO_MANY_POINTS, "at most " + MOST_LINES + " lines");
                }
                read(start, end, line);
            }
        }
        parts.dropped(droppedTexts);
        List<Draft> drafts = new ArrayList<>(hosts.size());
        hosts.forEach(
                (host, points) -> drafts.add(new Draft(Dialect.FOREIGN, host, "", Draft.NO_TIME, List.of(), points)));
        return new Decoded(drafts, items, faults);
    }

    private int afterSpaces(int from, int limit) {
        int at = from;
        while (at < limit && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private void read(int from, int to, int line) {
        try {
            int head = Words.until(bytes, from, to, ' ', ' ');
            Series series = parts.series(bytes, from, head, sender);
            FieldPlan plan = readFields(series, afterSpaces(head, to), to);
            long timestamp = timestamp(to, line, plan);
            if (series.origin().host().isEmpty()) {
                faults.item(line, samples(plan), ErrorCode.MISSING_FIELD, Origin.NO_HOST);
            } else if (timestamp != Draft.BAD_TIME) {
                add(series.origin(), plan, timestamp, line);
            }
        } catch (BadLineException e) {
            String text = Shown.plain(new String(bytes, from, Math.min(to - from, 400), StandardCharsets.UTF_8));
            faults.item(line, 1, ErrorCode.MALFORMED, "unable to parse '" + text + "': " + e.reason());
        }
    }

    private FieldPlan readFields(Series series, int from, int to) throws BadLineException {
        for (FieldPlan plan : series.plans()) {
            if (fields.read(plan, from, to)) {
                return plan;
            }
        }
        List<Boolean> areTexts = new ArrayList<>();
        List<byte[]> keys = fields.readAny(from, to, areTexts);
        FieldPlan plan = parts.plan(series, keys, areTexts);
        series.remember(plan);
        return plan;
    }

    /** @return {@link Draft#BAD_TIME} where it is out of any range, which has then been said */
    private long timestamp(int to, int line, FieldPlan plan) throws BadLineException {
        int from = afterSpaces(fields.end(), to);
        int end = to;
        while (end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        if (from == end) {
            return Draft.NO_TIME;
        }
        long raw = Numbers.timestamp(bytes, from, end);
        long millis = precision.millis(raw);
        if (!Precision.isPossible(millis)) {
            faults.item(line, samples(plan), ErrorCode.BAD_TIMESTAMP, outOfRange(raw));
            return Draft.BAD_TIME;
        }
        return millis;
    }

    private String outOfRange(long raw) {
        String said = "timestamp %d is out of range in %s"
                .formatted(raw, precision.words().getFirst());
        return Precision.likely(raw, units)
                .map(unit -> unit.words().getFirst())
                .map(unit -> "%s; it looks like %s, so write with precision=%s".formatted(said, unit, unit))
                .orElse(said);
    }

    private static int samples(FieldPlan plan) {
        int samples = 0;
        for (Group group : plan.groups()) {
            samples += group.numbers().length;
        }
        return samples;
    }

    private void add(Origin origin, FieldPlan plan, long timestamp, int line) {
        int[] items = {line};
        if (plan.isPlain()) {
            Group all = plan.groups().getFirst();
            add(origin, all, timestamp, fields.takeValues(), List.of(), items);
            return;
        }
        int dropped = plan.texts();
        for (Group group : plan.groups()) {
            double[] values = new double[group.numbers().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = fields.value(group.numbers()[i]);
            }
            List<String> states = states(group);
            dropped -= states.size() / 2;
            if (values.length > 0 || !states.isEmpty()) {
                add(origin, group, timestamp, values, states, items);
            }
        }
        droppedTexts += dropped;
    }

    private void add(Origin origin, Group group, long timestamp, double[] values, List<String> states, int[] items) {
        hosts.computeIfAbsent(origin.host(), first -> new ArrayList<>())
                .add(new DraftPoint(group.kind(), origin.labels(), timestamp, group.names(), values, states, items));
    }

    /** The texts that can be states. */
    private List<String> states(Group group) {
        List<String> states = new ArrayList<>();
        for (int i = 0; i < group.texts().length && states.size() < 2 * Limits.STATES; i++) {
            String text = fields.text(group.texts()[i]);
            if (!text.isEmpty() && Grammar.isText(text)) {
                states.add(group.states().get(i));
                states.add(text);
            }
        }
        return states;
    }
}
