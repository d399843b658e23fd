package io.peerscope.contracts.rollup;

import com.google.protobuf.CodedInputStream;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.ProtoWriter;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sketches of one row as bytes, on the wire and in the database: for each field that has one its place in the shape,
 * the number of its buckets, and of each bucket the distance of its key from the one before (zigzag) and its count; all
 * varints. No bytes where no field has one.
 */
public final class Sketches {
    private static final byte[] NONE = {};

    private Sketches() {}

    /** @param byField by place in the shape */
    public static byte[] encode(SortedMap<Integer, Sketch> byField) {
        if (byField.isEmpty()) {
            return NONE;
        }
        ProtoWriter out = new ProtoWriter(64 * byField.size());
        byField.forEach((field, sketch) -> {
            out.varint(field);
            out.varint(sketch.buckets());
            int before = 0;
            for (int i = 0; i < sketch.buckets(); i++) {
                int step = sketch.bucketKey(i) - before;
                out.varint(Integer.toUnsignedLong(step << 1 ^ step >> 31));
                out.varint(sketch.bucketCount(i));
                before = sketch.bucketKey(i);
            }
        });
        return out.toByteArray();
    }

    /** @throws MalformedRecordException if these are not sketches */
    public static SortedMap<Integer, Sketch> decode(byte[] bytes) {
        SortedMap<Integer, Sketch> byField = new TreeMap<>();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        try {
            while (!in.isAtEnd()) {
                int field = in.readUInt32();
                int buckets = in.readUInt32();
                if (buckets < 0 || buckets > bytes.length / 2) {
                    throw new MalformedRecordException(
                            "a sketch of " + buckets + " buckets in " + bytes.length + " bytes");
                }
                int[] keys = new int[buckets];
                long[] counts = new long[buckets];
                int before = 0;
                for (int i = 0; i < buckets; i++) {
                    before += in.readSInt32();
                    keys[i] = before;
                    counts[i] = in.readUInt64();
                    if (counts[i] < 1 || i > 0 && keys[i] <= keys[i - 1]) {
                        throw new MalformedRecordException("a sketch with buckets out of order or without values");
                    }
                }
                byField.put(field, Sketch.sorted(keys, counts));
            }
        } catch (IOException e) {
            throw new MalformedRecordException("not sketches: " + e.getMessage(), e);
        }
        return byField;
    }
}
