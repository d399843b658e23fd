package io.peerscope.testkit.load;

/**
 * What the samples of one field in one minute come to.
 *
 * @param lastAt time of the newest sample; not part of what is compared
 */
record WindowTotals(long count, double sum, double min, double max, double last, long lastAt) {
    private static final long MINUTE = 60_000;

    static long startOf(long time) {
        return Math.floorDiv(time, MINUTE) * MINUTE;
    }

    static WindowTotals of(double value, long at) {
        return new WindowTotals(1, value, value, value, value, at);
    }

    WindowTotals plus(WindowTotals other) {
        boolean newer = other.lastAt >= lastAt;
        return new WindowTotals(
                count + other.count,
                sum + other.sum,
                Math.min(min, other.min),
                Math.max(max, other.max),
                newer ? other.last : last,
                Math.max(lastAt, other.lastAt));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowTotals that
                && count == that.count
                && sum == that.sum
                && min == that.min
                && max == that.max
                && last == that.last;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(sum) * 31 + Long.hashCode(count);
    }

    @Override
    public String toString() {
        return "count %d, sum %s, min %s, max %s, last %s".formatted(count, sum, min, max, last);
    }
}
