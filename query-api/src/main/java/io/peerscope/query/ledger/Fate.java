package io.peerscope.query.ledger;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.rollup.MinuteWindow;

/** What becomes of the samples of one record of {@code metrics.points}, found out point by point. Not thread-safe. */
public final class Fate {
    private final int partition;
    private final long offset;
    private final PointBatch batch;
    private final long grace;
    private long stored;
    private long duplicate;
    private long late;

    /** @param grace of the minute windows, milliseconds */
    public Fate(int partition, long offset, PointBatch batch, long grace) {
        this.partition = partition;
        this.offset = offset;
        this.batch = batch;
        this.grace = grace;
        this.duplicate = batch.merged();
    }

    /** A point of which nothing was there. */
    public void fresh(long timestamp, int samples) {
        if (MinuteWindow.isLate(timestamp, batch.receivedAt(), grace)) {
            late += samples;
        } else {
            stored += samples;
        }
    }

    /** A point of which these fields were there. */
    public void again(long timestamp, Shape shape, Shape before) {
        int known = shape.equals(before) ? shape.size() : common(shape, before);
        duplicate += known;
        fresh(timestamp, shape.size() - known);
    }

    private static int common(Shape one, Shape other) {
        int common = 0;
        for (int i = 0; i < one.size(); i++) {
            common += other.indexOf(one.field(i)) >= 0 ? 1 : 0;
        }
        return common;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    public PointBatch batch() {
        return batch;
    }

    /** Whether there is nothing to say but that everything was stored. */
    public boolean plain() {
        return duplicate == 0 && late == 0;
    }

    public Tally tally() {
        return new Tally(stored + duplicate + late, batch.rejected(), stored, duplicate, late, 0);
    }

    /** Where the database would not have the record. */
    public Tally quarantined() {
        int samples = batch.samples();
        return new Tally(samples + (long) batch.merged(), batch.rejected(), 0, batch.merged(), 0, samples);
    }
}
