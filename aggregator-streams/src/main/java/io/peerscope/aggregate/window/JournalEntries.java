package io.peerscope.aggregate.window;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.rollup.MinuteWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * How a batch is kept for a window: as it arrived, or, where it comes near what a record of the store's changelog may
 * measure (1 MiB), only this window's points in several parts.
 */
final class JournalEntries {
    static final int PART = 256 << 10;

    private JournalEntries() {}

    static List<byte[]> of(PointBatch batch, byte[] encoded, long start) {
        if (encoded.length <= PART) {
            return List.of(encoded);
        }
        int perPart = Math.max(1, (int) ((long) batch.points().size() * PART / encoded.length));
        List<Point> points = batch.points().stream()
                .filter(point -> MinuteWindow.startOf(point.timestamp()) == start)
                .toList();
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < points.size(); from += perPart) {
            int to = Math.min(points.size(), from + perPart);
            parts.add(PointBatchCodec.encode(new PointBatch(
                    batch.host(),
                    batch.batch(),
                    batch.sentAt(),
                    batch.receivedAt(),
                    batch.receipt(),
                    batch.skew(),
                    batch.simulated(),
                    points.subList(from, to))));
        }
        return parts;
    }
}
