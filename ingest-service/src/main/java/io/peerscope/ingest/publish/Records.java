package io.peerscope.ingest.publish;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch as record values: one, or several where it is too large for the broker. All carry the same receipt;
 * what is not in any of them is told by the first. Not thread-safe.
 */
final class Records {
    /** The broker's default limit is 1 MiB with overhead; admission sees to it that one point is far below this. */
    static final int MOST_BYTES = 900 * 1024;

    private final PointBatchEncoder encoder = new PointBatchEncoder();
    private final int mostBytes;

    Records(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    List<byte[]> of(PointBatch batch) {
        byte[] whole = encoder.encode(batch);
        if (whole.length <= mostBytes || batch.points().size() == 1) {
            return List.of(whole);
        }
        int parts = Math.min(batch.points().size(), whole.length / mostBytes + 1);
        int size = (batch.points().size() + parts - 1) / parts;
        List<byte[]> records = new ArrayList<>();
        for (int from = 0; from < batch.points().size(); from += size) {
            int to = Math.min(batch.points().size(), from + size);
            records.addAll(of(part(batch, batch.points().subList(from, to), from == 0)));
        }
        return records;
    }

    private static PointBatch part(PointBatch batch, List<Point> points, boolean first) {
        return new PointBatch(
                batch.host(),
                batch.batch(),
                batch.sentAt(),
                batch.receivedAt(),
                batch.receipt(),
                batch.skew(),
                batch.simulated(),
                points,
                first ? batch.rejected() : 0,
                first ? batch.merged() : 0);
    }
}
