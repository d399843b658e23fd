package io.peerscope.contracts.point;

import java.util.Map;
import java.util.TreeMap;

/** Writes batches as {@code peerscope.v1.PointBatch}, one after another with the same buffers. Not thread-safe. */
public final class PointBatchEncoder {
    private final Dictionary.Writer dictionary = new Dictionary.Writer();
    private final ProtoWriter rows = new ProtoWriter(1024);
    private final ProtoWriter row = new ProtoWriter(256);
    private final ProtoWriter packed = new ProtoWriter(32);
    private final ProtoWriter out = new ProtoWriter(1024);

    public byte[] encode(PointBatch batch) {
        dictionary.reset();
        rows.reset();
        for (Point point : batch.points()) {
            if (!point.subject().host().equals(batch.host())) {
                throw new IllegalArgumentException(
                        "a point of " + point.subject().host() + " in a batch of " + batch.host());
            }
            row.reset();
            row.integer(1, dictionary.index(point.subject()));
            row.integer(2, dictionary.index(point.shape()));
            row.zigzag(3, point.timestamp() - batch.receivedAt());
            row.packedDoubles(4, point.values());
            packed.reset();
            for (Map.Entry<String, String> state : sorted(point.states()).entrySet()) {
                packed.varint(dictionary.strings().index(state.getKey()));
                packed.varint(dictionary.strings().index(state.getValue()));
            }
            row.packed(5, packed);
            rows.message(10, row);
        }
        out.reset();
        out.text(2, batch.host());
        out.text(3, batch.batch());
        out.integer(4, batch.sentAt());
        out.integer(5, batch.receivedAt());
        out.text(6, batch.receipt());
        out.zigzag(7, batch.skew());
        dictionary.write(out, 8, 9);
        out.append(rows);
        out.integer(11, batch.simulated() ? 1 : 0);
        out.integer(12, batch.rejected());
        out.integer(13, batch.merged());
        return out.toByteArray();
    }

    /** A map has no order of its own; the same batch shall always make the same bytes. */
    private static Map<String, String> sorted(Map<String, String> states) {
        return states.size() < 2 ? states : new TreeMap<>(states);
    }
}
