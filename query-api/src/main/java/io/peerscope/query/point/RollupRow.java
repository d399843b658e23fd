package io.peerscope.query.point;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.rollup.Rollup;

/**
 * A minute of a subject on its way to the table; arrays are as long as the shape.
 *
 * @param start epoch milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // a row on the hot path, never compared
public record RollupRow(
        long subjectId,
        long start,
        Shape shape,
        long[] counts,
        double[] sums,
        double[] mins,
        double[] maxs,
        double[] lasts) {

    public static RollupRow of(long subjectId, Rollup rollup) {
        return new RollupRow(
                subjectId,
                rollup.start(),
                rollup.shape(),
                rollup.count(),
                rollup.sum(),
                rollup.min(),
                rollup.max(),
                rollup.last());
    }

    public PointKey key() {
        return new PointKey(subjectId, start);
    }
}
