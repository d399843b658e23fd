package io.peerscope.contracts.point;

import static io.peerscope.contracts.point.ProtoReader.LENGTH_DELIMITED;
import static io.peerscope.contracts.point.ProtoReader.VARINT;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code peerscope.v1.PointBatch} (points.proto) to and from {@link PointBatch}. Hand-written because the generated
 * classes make an object per row and a table per row; a test holds it to the schema.
 */
public final class PointBatchCodec {
    private PointBatchCodec() {}

    /** Who encodes many batches in a row is better off with a {@link PointBatchEncoder}. */
    public static byte[] encode(PointBatch batch) {
        return new PointBatchEncoder().encode(batch);
    }

    /**
     * Reads header, tables and rows, in that order: what {@link PointBatchEncoder} wrote, and what generated builders write. Values
     * may be infinite or no number; whoever lets strangers in has to look.
     *
     * @throws MalformedRecordException if the bytes are not a batch
     */
    public static PointBatch decode(byte[] bytes) {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        Dictionary.Reader dictionary = new Dictionary.Reader();
        Header header = new Header();
        List<Point> points = new ArrayList<>();
        try {
            int tag;
            while ((tag = in.readTag()) != 0) {
                switch (tag) {
                    case 1 << 3 | LENGTH_DELIMITED -> dictionary.readString(in);
                    case 2 << 3 | LENGTH_DELIMITED -> dictionary.host(in.readStringRequireUtf8());
                    case 3 << 3 | LENGTH_DELIMITED -> header.batch = in.readStringRequireUtf8();
                    case 4 << 3 | VARINT -> header.sentAt = in.readInt64();
                    case 5 << 3 | VARINT -> header.receivedAt = receivedAt(in, points);
                    case 6 << 3 | LENGTH_DELIMITED -> header.receipt = in.readStringRequireUtf8();
                    case 7 << 3 | VARINT -> header.skew = in.readSInt64();
                    case 8 << 3 | LENGTH_DELIMITED -> dictionary.readSubject(in);
                    case 9 << 3 | LENGTH_DELIMITED -> dictionary.readShape(in);
                    case 10 << 3 | LENGTH_DELIMITED -> points.add(point(in, dictionary, header.receivedAt));
                    case 11 << 3 | VARINT -> header.simulated = in.readBool();
                    case 12 << 3 | VARINT -> header.rejected = count(in);
                    case 13 << 3 | VARINT -> header.merged = count(in);
                    default -> ProtoReader.skip(in, tag);
                }
            }
        } catch (IOException e) {
            throw new MalformedRecordException("not a point batch: " + e.getMessage(), e);
        }
        if (dictionary.host().isEmpty()) {
            throw new MalformedRecordException("a point batch without a host");
        }
        return new PointBatch(
                dictionary.host(),
                header.batch,
                header.sentAt,
                header.receivedAt,
                header.receipt,
                header.skew,
                header.simulated,
                points,
                header.rejected,
                header.merged);
    }

    private static int count(CodedInputStream in) throws IOException {
        int count = in.readUInt32();
        if (count < 0) {
            throw new MalformedRecordException("more samples than anybody can count");
        }
        return count;
    }

    /** Rows count their time from it, so it cannot come after them. */
    private static long receivedAt(CodedInputStream in, List<Point> points) throws IOException {
        if (!points.isEmpty()) {
            throw new MalformedRecordException("received_at after the points that refer to it");
        }
        return in.readInt64();
    }

    private static Point point(CodedInputStream in, Dictionary.Reader dictionary, long receivedAt) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        int subject = 0;
        int shape = 0;
        long offset = 0;
        double[] values = {};
        List<Integer> states = List.of();
        int tag;
        while ((tag = in.readTag()) != 0) {
            switch (tag) {
                case 1 << 3 | VARINT -> subject = in.readUInt32();
                case 2 << 3 | VARINT -> shape = in.readUInt32();
                case 3 << 3 | VARINT -> offset = in.readSInt64();
                case 4 << 3 | LENGTH_DELIMITED -> values = ProtoReader.doubles(in);
                case 5 << 3 | LENGTH_DELIMITED, 5 << 3 | VARINT -> {
                    states = states.isEmpty() ? new ArrayList<>() : states;
                    ProtoReader.integers(in, tag, states);
                }
                default -> ProtoReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        Shape fields = dictionary.shape(shape);
        if (fields.size() != values.length) {
            throw new MalformedRecordException(values.length + " values for " + fields.size() + " fields");
        }
        if (states.size() % 2 != 0) {
            throw new MalformedRecordException("a state without its value");
        }
        return new Point(dictionary.subject(subject), receivedAt + offset, fields, values, states(states, dictionary));
    }

    private static Map<String, String> states(List<Integer> indexes, Dictionary.Reader dictionary) {
        if (indexes.isEmpty()) {
            return Map.of();
        }
        Map<String, String> states = new HashMap<>();
        for (int i = 0; i < indexes.size(); i += 2) {
            states.put(dictionary.string(indexes.get(i)), dictionary.string(indexes.get(i + 1)));
        }
        return Map.copyOf(states);
    }

    private static final class Header {
        private String batch = "";
        private long sentAt;
        private long receivedAt;
        private String receipt = "";
        private long skew;
        private boolean simulated;
        private int rejected;
        private int merged;
    }
}
