package io.peerscope.ingest.nativeformat;

import static io.peerscope.ingest.protobuf.ProtoCursor.LENGTH_DELIMITED;
import static io.peerscope.ingest.protobuf.ProtoCursor.VARINT;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Dialect;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.protobuf.ProtoCursor;
import io.peerscope.ingest.protobuf.RowHeads;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code peerscope.v1.PointBatch} (points.proto) as a sender writes it. What ingest itself puts into the message
 * (receipt, skew) is passed over, and {@code received_at} is only the instant from which the sender counts the times of his
 * points: with 0, {@code time_offset} is in epoch milliseconds. An index of something that does not stand before it, and a
 * row that does not fit its shape, make the whole body undecodable. Thread-safe.
 */
public final class ProtobufBatchDecoder {
    private static final int STRINGS = 1 << 3 | LENGTH_DELIMITED;
    private static final int HOST = 2 << 3 | LENGTH_DELIMITED;
    private static final int BATCH = 3 << 3 | LENGTH_DELIMITED;
    private static final int SENT_AT = 4 << 3 | VARINT;
    private static final int RECEIVED_AT = 5 << 3 | VARINT;
    private static final int SUBJECTS = 8 << 3 | LENGTH_DELIMITED;
    private static final int SHAPES = 9 << 3 | LENGTH_DELIMITED;
    private static final int POINTS = 10 << 3 | LENGTH_DELIMITED;
    private static final int SIMULATED = 11 << 3 | VARINT;

    private final int maxPoints;
    private final RowHeads heads = new RowHeads();

    public ProtobufBatchDecoder(int maxPoints) {
        this.maxPoints = maxPoints;
    }

    public Draft decode(byte[] body, int length) throws UndecodableException {
        ProtoCursor in = new ProtoCursor(body, length);
        BatchTables tables = new BatchTables(maxPoints, heads);
        String host = "";
        String batch = "";
        long sentAt = 0;
        long origin = 0;
        boolean simulated = false;
        List<DraftPoint> points = new ArrayList<>();
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case STRINGS -> tables.string(in);
                case HOST -> host = in.text();
                case BATCH -> batch = in.text();
                case SENT_AT -> sentAt = in.varint();
                case RECEIVED_AT -> origin = origin(in, points);
                case SUBJECTS -> tables.subject(in);
                case SHAPES -> tables.shape(in);
                case POINTS -> {
                    if (points.size() == maxPoints) {
                        throw new UndecodableException(ErrorCode.TOO_MANY_POINTS, "at most " + maxPoints + " points");
                    }
                    points.add(tables.point(in, origin));
                }
                case SIMULATED -> simulated = in.varint() != 0;
                default -> in.skip(tag);
            }
        }
        List<String> labels = simulated ? List.of("simulated", "true") : List.of();
        return new Draft(Dialect.NATIVE, host, batch, sentAt == 0 ? Draft.NO_TIME : sentAt, labels, points);
    }

    private static long origin(ProtoCursor in, List<DraftPoint> points) throws UndecodableException {
        if (!points.isEmpty()) {
            throw ProtoCursor.malformed("received_at after the points that refer to it");
        }
        return in.varint();
    }
}
