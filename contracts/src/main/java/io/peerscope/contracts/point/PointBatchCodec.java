package io.peerscope.contracts.point;

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

    public static byte[] encode(PointBatch batch) {
        Dictionary.Writer dictionary = new Dictionary.Writer();
        ProtoWriter rows = new ProtoWriter(batch.points().size() * 64 + 64);
        ProtoWriter row = new ProtoWriter(256);
        ProtoWriter packed = new ProtoWriter(32);
        for (Point point : batch.points()) {
            row.reset();
            row.integer(1, dictionary.index(point.subject()));
            row.integer(2, dictionary.index(point.shape()));
            row.zigzag(3, point.timestamp() - batch.receivedAt());
            row.packedDoubles(4, point.values());
            packed.reset();
            for (Map.Entry<String, String> state : point.states().entrySet()) {
                packed.varint(dictionary.strings().index(state.getKey()));
                packed.varint(dictionary.strings().index(state.getValue()));
            }
            row.packed(5, packed);
            rows.message(10, row);
        }
        ProtoWriter out = new ProtoWriter(batch.points().size() * 64 + 512);
        out.text(2, batch.host());
        out.text(3, batch.batch());
        out.integer(4, batch.sentAt());
        out.integer(5, batch.receivedAt());
        out.text(6, batch.receipt());
        out.zigzag(7, batch.skew());
        dictionary.write(out, 1, 8, 9);
        out.append(rows);
        out.integer(11, batch.simulated() ? 1 : 0);
        return out.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote: header, tables, then rows.
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
                switch (tag >>> 3) {
                    case 1 -> dictionary.readString(in);
                    case 2 -> dictionary.host(in.readStringRequireUtf8());
                    case 3 -> header.batch = in.readStringRequireUtf8();
                    case 4 -> header.sentAt = in.readInt64();
                    case 5 -> header.receivedAt = in.readInt64();
                    case 6 -> header.receipt = in.readStringRequireUtf8();
                    case 7 -> header.skew = in.readSInt64();
                    case 8 -> dictionary.readSubject(in);
                    case 9 -> dictionary.readShape(in);
                    case 10 -> points.add(point(in, dictionary, header.receivedAt));
                    case 11 -> header.simulated = in.readBool();
                    default -> in.skipField(tag);
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
                points);
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
            switch (tag >>> 3) {
                case 1 -> subject = in.readUInt32();
                case 2 -> shape = in.readUInt32();
                case 3 -> offset = in.readSInt64();
                case 4 -> values = ProtoReader.doubles(in);
                case 5 -> {
                    states = new ArrayList<>();
                    ProtoReader.integers(in, tag, states);
                }
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
        Shape fields = dictionary.shape(shape);
        if (fields.size() != values.length || states.size() % 2 != 0) {
            throw new MalformedRecordException(values.length + " values for " + fields.size() + " fields");
        }
        return new Point(
                dictionary.subject(subject), receivedAt + offset, fields, values, states(states, dictionary));
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
    }
}
