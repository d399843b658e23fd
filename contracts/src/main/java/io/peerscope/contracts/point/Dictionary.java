package io.peerscope.contracts.point;

import static io.peerscope.contracts.point.ProtoReader.LENGTH_DELIMITED;
import static io.peerscope.contracts.point.ProtoReader.VARINT;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Subjects and shapes of one record, each once; the tables that rows refer to by index. Both batch codecs share it. */
public final class Dictionary {
    /** The number of the field {@code strings} in every message that has one. */
    static final int STRINGS = 1;

    private Dictionary() {}

    /** Collects the tables while rows are encoded. */
    public static final class Writer {
        private final StringTable strings = new StringTable();
        private final Numbering<Subject> subjects = new Numbering<>();
        private final Numbering<Shape> shapes = new Numbering<>();
        private final ProtoWriter message = new ProtoWriter(64);
        private final ProtoWriter packed = new ProtoWriter(64);
        private final ProtoWriter tables = new ProtoWriter(256);

        /** For the next record. */
        public void reset() {
            strings.reset();
            subjects.reset();
            shapes.reset();
        }

        public StringTable strings() {
            return strings;
        }

        public int index(Subject subject) {
            return subjects.of(subject);
        }

        public int index(Shape shape) {
            return shapes.of(shape);
        }

        public void write(ProtoWriter out, int subjectsField, int shapesField) {
            tables.reset();
            for (Subject subject : subjects.inOrder()) {
                message.reset();
                packed.reset();
                message.integer(1, strings.index(subject.kind()));
                for (int i = 0; i < subject.labels().size(); i++) {
                    packed.varint(strings.index(subject.labels().name(i)));
                    packed.varint(strings.index(subject.labels().value(i)));
                }
                message.packed(2, packed);
                tables.message(subjectsField, message);
            }
            // the names of a single shape stand together at the end; that one of them also is a word of something else
            // is rare, and then it stands twice
            List<Shape> inOrder = shapes.inOrder();
            boolean single = inOrder.size() == 1;
            int first = strings.strings().size();
            for (Shape shape : inOrder) {
                message.reset();
                packed.reset();
                for (int i = 0; i < shape.size(); i++) {
                    packed.varint(single ? first + i : strings.index(shape.field(i)));
                }
                message.packed(1, packed);
                if (shape.isTyped()) {
                    packed.reset();
                    for (int i = 0; i < shape.size(); i++) {
                        packed.varint(shape.type(i).number());
                    }
                    message.packed(2, packed);
                }
                tables.message(shapesField, message);
            }
            for (String text : strings.strings()) {
                out.repeatedText(STRINGS, text);
            }
            if (single) {
                out.append(inOrder.getFirst().texts());
            }
            out.append(tables);
        }
    }

    static Subject subject(CodedInputStream in, String host, List<String> strings) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        String kind = "";
        List<Integer> labels = new ArrayList<>();
        int tag;
        while ((tag = in.readTag()) != 0) {
            switch (tag) {
                case 1 << 3 | VARINT -> kind = ProtoReader.at(strings, in.readUInt32(), "string");
                case 2 << 3 | LENGTH_DELIMITED, 2 << 3 | VARINT -> ProtoReader.integers(in, tag, labels);
                default -> ProtoReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        if (labels.size() % 2 != 0) {
            throw new MalformedRecordException("a label without its value");
        }
        return new Subject(host, kind, Labels.sorted(words(labels, strings)));
    }

    static Shape shape(CodedInputStream in, List<String> strings) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        List<Integer> fields = new ArrayList<>();
        List<Integer> types = List.of();
        int tag;
        while ((tag = in.readTag()) != 0) {
            switch (tag) {
                case 1 << 3 | LENGTH_DELIMITED, 1 << 3 | VARINT -> ProtoReader.integers(in, tag, fields);
                case 2 << 3 | LENGTH_DELIMITED, 2 << 3 | VARINT -> {
                    types = types.isEmpty() ? new ArrayList<>() : types;
                    ProtoReader.integers(in, tag, types);
                }
                default -> ProtoReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        String[] names = words(fields, strings);
        for (int i = 1; i < names.length; i++) {
            if (names[i - 1].compareTo(names[i]) >= 0) {
                throw new MalformedRecordException("fields out of order or twice: " + names[i - 1] + ", " + names[i]);
            }
        }
        return types.isEmpty() ? Shape.sorted(names) : Shape.typed(names, types(types, names.length));
    }

    private static byte[] types(List<Integer> numbers, int fields) {
        if (numbers.size() > fields) {
            throw new MalformedRecordException(numbers.size() + " types for " + fields + " fields");
        }
        byte[] types = new byte[fields];
        for (int i = 0; i < numbers.size(); i++) {
            types[i] = FieldType.of(numbers.get(i)).number();
        }
        return types;
    }

    private static String[] words(List<Integer> indexes, List<String> strings) {
        String[] words = new String[indexes.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = ProtoReader.at(strings, indexes.get(i), "string");
        }
        return words;
    }

    /** Grows while a record is read. The tables must precede the rows, as our writers do. */
    public static final class Reader {
        private final List<String> strings = new ArrayList<>();
        private final List<Subject> subjects = new ArrayList<>();
        private final List<Shape> shapes = new ArrayList<>();
        private String host = "";

        /** Subjects are of the host that stands before them; a second name would smuggle in another's. */
        public void host(String text) {
            if (!host.isEmpty() || !subjects.isEmpty()) {
                throw new MalformedRecordException("a host named twice or after its subjects");
            }
            host = text;
        }

        public String host() {
            return host;
        }

        public void readString(CodedInputStream in) throws IOException {
            strings.add(in.readStringRequireUtf8());
        }

        public void readSubject(CodedInputStream in) throws IOException {
            subjects.add(Dictionary.subject(in, host, strings));
        }

        public void readShape(CodedInputStream in) throws IOException {
            shapes.add(Dictionary.shape(in, strings));
        }

        public String string(int index) {
            return ProtoReader.at(strings, index, "string");
        }

        public Subject subject(int index) {
            return ProtoReader.at(subjects, index, "subject");
        }

        public Shape shape(int index) {
            return ProtoReader.at(shapes, index, "shape");
        }
    }
}
