package io.peerscope.ingest.nativeformat;

import static io.peerscope.ingest.protobuf.ProtoCursor.FIXED64;
import static io.peerscope.ingest.protobuf.ProtoCursor.LENGTH_DELIMITED;
import static io.peerscope.ingest.protobuf.ProtoCursor.VARINT;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.FieldNames;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.protobuf.ProtoCursor;
import io.peerscope.ingest.protobuf.RowHeads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tables of one message, and the rows that refer to them. Not thread-safe. */
final class BatchTables {
    private static final int MOST_STRINGS = 100_000;

    private record SubjectEntry(String kind, List<String> labels) {}

    private static final SubjectEntry HOST = new SubjectEntry(Subject.HOST, List.of());

    private final int most;
    private final RowHeads heads;
    private final List<String> strings = new ArrayList<>();
    private final List<SubjectEntry> subjects = new ArrayList<>();
    private final List<FieldNames> shapes = new ArrayList<>();

    // indexes of the message that is being read
    private int[] indexes = new int[32];
    private int count;
    private byte[] types = new byte[32];
    private String[] names = new String[32];

    /** @param most how many subjects, and how many shapes */
    BatchTables(int most, RowHeads heads) {
        this.most = most;
        this.heads = heads;
    }

    void string(ProtoCursor in) throws UndecodableException {
        bound(strings, MOST_STRINGS, "strings");
        strings.add(in.text());
    }

    void subject(ProtoCursor in) throws UndecodableException {
        bound(subjects, most, "subjects");
        int outer = in.enter();
        String kind = Subject.HOST;
        count = 0;
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case 1 << 3 | VARINT -> kind = at(strings, in.varint(), "string");
                case 2 << 3 | VARINT, 2 << 3 | LENGTH_DELIMITED -> integers(in, tag);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        subjects.add(new SubjectEntry(kind.isEmpty() ? Subject.HOST : kind, labels()));
    }

    private List<String> labels() throws UndecodableException {
        List<String> labels = pairs("label");
        for (int i = 0; i < labels.size(); i += 2) {
            for (int earlier = 0; earlier < i; earlier += 2) {
                if (labels.get(i).equals(labels.get(earlier))) {
                    throw ProtoCursor.malformed("the label " + Shown.text(labels.get(i)) + " stands twice");
                }
            }
        }
        return labels;
    }

    /** The indexes as text: name, value, name, value … */
    private List<String> pairs(String what) throws UndecodableException {
        if (count % 2 != 0) {
            throw ProtoCursor.malformed("a " + what + " without its value");
        }
        if (count > 4 * Limits.STATES) {
            throw new UndecodableException(ErrorCode.BAD_PARAMETER, "too many " + what + "s");
        }
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = at(strings, indexes[i], "string");
        }
        return List.of(texts);
    }

    void shape(ProtoCursor in) throws UndecodableException {
        bound(shapes, most, "shapes");
        int outer = in.enter();
        count = 0;
        int typed = 0;
        Arrays.fill(types, (byte) 0);
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case 1 << 3 | VARINT, 1 << 3 | LENGTH_DELIMITED -> integers(in, tag);
                case 2 << 3 | VARINT -> type(in.varint(), typed++);
                case 2 << 3 | LENGTH_DELIMITED -> {
                    int packed = in.enter();
                    while (in.hasMore()) {
                        type(in.varint(), typed++);
                    }
                    in.leave(packed);
                }
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        if (count > Limits.FIELDS || typed > count) {
            throw new UndecodableException(
                    ErrorCode.BAD_PARAMETER, "a shape of %d fields and %d types".formatted(count, typed));
        }
        if (count > names.length) {
            names = new String[Limits.FIELDS];
        }
        if (count > types.length) {
            types = Arrays.copyOf(types, Limits.FIELDS);
        }
        for (int i = 0; i < count; i++) {
            names[i] = at(strings, indexes[i], "string");
        }
        shapes.add(heads.of(names, types, count).names());
    }

    private void type(long number, int place) {
        if (place >= types.length && place < Limits.FIELDS) {
            types = Arrays.copyOf(types, Limits.FIELDS);
        }
        if (place < types.length) {
            types[place] =
                    FieldType.of((int) Math.min(number & Long.MAX_VALUE, 127)).number();
        }
    }

    /** @param origin from when the row counts its time, epoch milliseconds; 0 where the row has it all */
    DraftPoint point(ProtoCursor in, long origin) throws UndecodableException {
        int outer = in.enter();
        long subject = 0;
        long shape = 0;
        long offset = 0;
        double[] values = {};
        count = 0;
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case 1 << 3 | VARINT -> subject = in.varint();
                case 2 << 3 | VARINT -> shape = in.varint();
                case 3 << 3 | VARINT -> offset = in.zigzag();
                case 4 << 3 | LENGTH_DELIMITED -> values = doubles(in, values);
                case 4 << 3 | FIXED64 -> {
                    values = Arrays.copyOf(values, values.length + 1);
                    values[values.length - 1] = in.float64();
                }
                case 5 << 3 | VARINT, 5 << 3 | LENGTH_DELIMITED -> integers(in, tag);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        SubjectEntry of = subjects.isEmpty() && subject == 0 ? HOST : at(subjects, subject, "subject");
        FieldNames fields = shapes.isEmpty() && shape == 0 ? FieldNames.NONE : at(shapes, shape, "shape");
        if (fields.size() != values.length) {
            throw ProtoCursor.malformed(values.length + " values for " + fields.size() + " fields");
        }
        List<String> states = count == 0 ? List.of() : pairs("state");
        return new DraftPoint(
                of.kind(), of.labels(), time(origin, offset), fields, values, states, DraftPoint.NO_ITEMS);
    }

    private static double[] doubles(ProtoCursor in, double[] before) throws UndecodableException {
        int outer = in.enter();
        int more = (in.end() - in.position()) / 8;
        if (before.length + more > Limits.FIELDS) {
            throw new UndecodableException(
                    ErrorCode.BAD_PARAMETER, "a point of more than " + Limits.FIELDS + " values");
        }
        double[] values = Arrays.copyOf(before, before.length + more);
        for (int i = before.length; in.hasMore(); i++) {
            if (i == values.length) {
                throw ProtoCursor.malformed("packed doubles that are cut off");
            }
            values[i] = in.float64();
        }
        in.leave(outer);
        return values;
    }

    /** Without either, the point is of the moment when it arrives. */
    private static long time(long origin, long offset) {
        if (origin == 0 && offset == 0) {
            return Draft.NO_TIME;
        }
        long time = origin + offset;
        boolean overflow = ((origin ^ time) & (offset ^ time)) < 0;
        return overflow || time <= Draft.BAD_TIME ? Draft.BAD_TIME : time;
    }

    private void integers(ProtoCursor in, int tag) throws UndecodableException {
        if ((tag & 7) == VARINT) {
            integer(in.varint());
            return;
        }
        int outer = in.enter();
        while (in.hasMore()) {
            integer(in.varint());
        }
        in.leave(outer);
    }

    private void integer(long index) throws UndecodableException {
        if (count == indexes.length) {
            if (count > Limits.FIELDS) {
                throw new UndecodableException(ErrorCode.BAD_PARAMETER, "a list of more than " + count + " indexes");
            }
            indexes = Arrays.copyOf(indexes, 2 * count);
        }
        indexes[count++] = index < 0 || index > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) index;
    }

    private static <T> T at(List<T> table, long index, String what) throws UndecodableException {
        if (index < 0 || index >= table.size()) {
            throw ProtoCursor.malformed(what + " " + index + " of " + table.size());
        }
        return table.get((int) index);
    }

    private static void bound(List<?> table, int most, String what) throws UndecodableException {
        if (table.size() == most) {
            throw new UndecodableException(ErrorCode.TOO_MANY_POINTS, "at most " + most + " " + what);
        }
    }
}
