package io.peerscope.contracts.point;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reading primitives that both batch codecs need; every count is checked against the bytes that are really there. */
public final class ProtoReader {
    private ProtoReader() {}

    /** A packed or single repeated unsigned integer, appended to {@code into}. */
    public static void integers(CodedInputStream in, int tag, List<Integer> into) throws IOException {
        if ((tag & 7) != 2) {
            into.add(in.readUInt32());
            return;
        }
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            into.add(in.readUInt32());
        }
        in.popLimit(limit);
    }

    public static long[] longs(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        List<Long> values = new ArrayList<>();
        while (in.getBytesUntilLimit() > 0) {
            values.add(in.readInt64());
        }
        in.popLimit(limit);
        return values.stream().mapToLong(Long::longValue).toArray();
    }

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
