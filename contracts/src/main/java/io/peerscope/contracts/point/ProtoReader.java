package io.peerscope.contracts.point;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reading primitives that both batch codecs need; every count is checked against the bytes that are really there. */
public final class ProtoReader {
    /** Wire types, the low three bits of a tag. A field that comes with another one is skipped as unknown. */
    public static final int VARINT = 0;

    public static final int LENGTH_DELIMITED = 2;

    private ProtoReader() {}

    /** Passes over a field that this version does not know. */
    public static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new MalformedRecordException("a group ends that never began");
        }
    }

    /** A packed or single repeated unsigned integer, appended to {@code into}. */
    public static void integers(CodedInputStream in, int tag, List<Integer> into) throws IOException {
        if ((tag & 7) != LENGTH_DELIMITED) {
            into.add(in.readUInt32());
            return;
        }
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            into.add(in.readUInt32());
        }
        in.popLimit(limit);
    }

    /** A packed repeated integer, in one piece. */
    public static long[] longs(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        long[] values = new long[in.getBytesUntilLimit()];
        int size = 0;
        while (in.getBytesUntilLimit() > 0) {
            values[size++] = in.readInt64();
        }
        in.popLimit(limit);
        return Arrays.copyOf(values, size);
    }

    /** A packed repeated double, in one piece. */
    public static double[] doubles(CodedInputStream in) throws IOException {
        int bytes = in.readRawVarint32();
        if (bytes % 8 != 0) {
            throw new MalformedRecordException("packed doubles of " + bytes + " bytes");
        }
        int limit = in.pushLimit(bytes);
        double[] values = new double[in.getBytesUntilLimit() / 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        in.popLimit(limit);
        return values;
    }

    public static <T> T at(List<T> table, int index, String what) {
        if (index < 0 || index >= table.size()) {
            throw new MalformedRecordException(what + " " + index + " of " + table.size());
        }
        return table.get(index);
    }
}
