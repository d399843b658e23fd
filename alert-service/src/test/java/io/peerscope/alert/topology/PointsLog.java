package io.peerscope.alert.topology;

import io.peerscope.contracts.point.PointBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the topic of points holds over restarts of a test driver, whose offsets begin at 0 each time. */
final class PointsLog implements PastPoints {
    private final List<PointBatch> judged = new ArrayList<>();
    private final List<PointBatch> fresh = new ArrayList<>();

    void add(PointBatch batch) {
        fresh.add(batch);
    }

    /** A new driver takes up the task. */
    void taken() {
        judged.addAll(fresh);
        fresh.clear();
    }

    @Override
    public void read(int partition, long since, long before, Consumer<PointBatch> to) {
        judged.stream().filter(batch -> batch.receivedAt() >= since).forEach(to);
        fresh.stream().limit(before).forEach(to);
    }
}
