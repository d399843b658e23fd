package io.peerscope.contracts.rollup;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;

/**
 * What the points of one subject in one window add up to. All arrays are as long as the shape and belong to the
 * roll-up.
 *
 * @param start start of the window, epoch milliseconds, a multiple of its length
 * @param count how many points of the window had the field, at least 1
 * @param last value of the point with the highest timestamp that had the field
 * @param first value of the point with the lowest timestamp; empty in what was written before these were kept of all
 * @param gain how much a counter grew from its first point to its last, a fall being a start from zero; 0 for other
 *     fields; empty where no field {@link RollupPlan.Fields#grows grows}. From one window to the next a counter grows by
 *     the difference between the one's last and the other's first, so windows can be put together in any number
 * @param sketches {@link Sketches} of the fields of which percentiles are wanted
 * @param firstTime timestamp of the first; one for all fields where they agree, as they mostly do; empty in what was
 *     written before these were kept
 * @param lastTime the same of the last
 */
@SuppressWarnings("ArrayRecordComponent") // a row of numbers on the hot path; compared by its codec's bytes in tests
public record Rollup(
        Subject subject,
        Shape shape,
        long start,
        long[] count,
        double[] sum,
        double[] min,
        double[] max,
        double[] last,
        double[] first,
        double[] gain,
        byte[] sketches,
        long[] firstTime,
        long[] lastTime) {

    /** However many values up to this size are added up, the sum is finite, here and in the database. */
    public static final double LARGEST = 1e290;

    /** Whether a value counts in roll-ups: not what is no number, infinite or beyond {@link #LARGEST}. */
    public static boolean counts(double value) {
        return Math.abs(value) <= LARGEST;
    }

    public Rollup {
        int fields = shape.size();
        if (count.length != fields
                || sum.length != fields
                || min.length != fields
                || max.length != fields
                || last.length != fields
                || first.length != 0 && first.length != fields
                || gain.length != 0 && gain.length != fields
                || !areTimes(firstTime, fields)
                || !areTimes(lastTime, fields)) {
            throw new IllegalArgumentException("a roll-up row that does not fit the fields " + shape);
        }
    }

    private static boolean areTimes(long[] times, int fields) {
        return times.length <= 1 || times.length == fields;
    }
}
