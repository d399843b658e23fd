package io.peerscope.alert.topology;

import io.peerscope.contracts.point.PointBatch;
import java.util.function.Consumer;

/** What was sent before a task was taken up: its windows are in no store, as the topic still has what was in them. */
@FunctionalInterface
public interface PastPoints {
    /**
     * Gives batches in the order of the partition.
     *
     * @param since received at this time or later, epoch milliseconds
     * @param before offset of the first record that is not wanted any more
     */
    void read(int partition, long since, long before, Consumer<PointBatch> to);
}
