package io.peerscope.aggregate.live;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;

/**
 * A host's newest point, so that the host can be told from where to go on.
 *
 * @param time event time, epoch milliseconds
 * @param skew what ingest had added to the host's own timestamp, milliseconds
 */
record Newest(long time, long skew) {
    static final Newest NONE = new Newest(Long.MIN_VALUE, 0);

    boolean known() {
        return time != Long.MIN_VALUE;
    }

    Newest or(PointBatch batch) {
        long latest = Long.MIN_VALUE;
        for (Point point : batch.points()) {
            latest = Math.max(latest, point.timestamp());
        }
        return latest > time ? new Newest(latest, batch.skew()) : this;
    }
}
