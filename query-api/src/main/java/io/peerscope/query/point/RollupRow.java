package io.peerscope.query.point;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupSum;

/**
 * A minute of a subject on its way to the table; arrays are as long as the shape.
 *
 * @param start epoch milliseconds
 * @param firsts as {@link Rollup#first()}, which may be empty
 * @param gains as {@link Rollup#gain()}, which may be empty
 * @param sketches as {@link Rollup#sketches()}
 * @param firstTimes as {@link Rollup#firstTime()}: one for all fields or one for each, or none
 * @param lastTimes as {@link Rollup#lastTime()}
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
        double[] lasts,
        double[] firsts,
        double[] gains,
        byte[] sketches,
        long[] firstTimes,
        long[] lastTimes) {

    /** As versions wrote it that knew no times, of fields that are neither counters nor wanted as percentiles. */
    public RollupRow(
            long subjectId,
            long start,
            Shape shape,
            long[] counts,
            double[] sums,
            double[] mins,
            double[] maxs,
            double[] lasts) {
        this(
                subjectId,
                start,
                shape,
                counts,
                sums,
                mins,
                maxs,
                lasts,
                new double[0],
                new double[0],
                new byte[0],
                new long[0],
                new long[0]);
    }

    /** Without any field where the points of the window had no number. */
    public static RollupRow of(PointKey window, RollupSum points) {
        return points.close(
                (shape, count, sum, min, max, last, first, gain, sketches, firstTime, lastTime) -> new RollupRow(
                        window.subjectId(),
                        window.time(),
                        shape,
                        count,
                        sum,
                        min,
                        max,
                        last,
                        first,
                        gain,
                        sketches,
                        firstTime,
                        lastTime));
    }

    public static RollupRow of(long subjectId, Rollup rollup) {
        return new RollupRow(
                subjectId,
                rollup.start(),
                rollup.shape(),
                rollup.count(),
                rollup.sum(),
                rollup.min(),
                rollup.max(),
                rollup.last(),
                rollup.first(),
                rollup.gain(),
                rollup.sketches(),
                rollup.firstTime(),
                rollup.lastTime());
    }

    public PointKey key() {
        return new PointKey(subjectId, start);
    }
}
