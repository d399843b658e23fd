package io.peerscope.query.history;

/**
 * How much there is of what is asked for.
 *
 * @param values that are taken out of one row of each subject: the metrics that it ever sent, of all subjects together
 * @param series lines that this makes
 * @param since when the first of them was seen, epoch milliseconds; as early as can be where that is not known
 */
public record Breadth(long values, long series, long since) {
    /** Subjects with one metric and a line each. */
    public static Breadth of(int subjects) {
        return new Breadth(subjects, subjects, Long.MIN_VALUE);
    }
}
