package io.peerscope.contracts.point;

/**
 * The value that says that a field has ended: nothing is measured any more, and the last value no longer holds. It is the
 * NaN that Prometheus writes for this; told from an ordinary NaN, which is a measurement, by its bits alone.
 */
public final class Staleness {
    public static final long BITS = 0x7ff0000000000002L;
    public static final double MARKER = Double.longBitsToDouble(BITS);

    private Staleness() {}

    public static boolean is(double value) {
        return Double.isNaN(value) && Double.doubleToRawLongBits(value) == BITS;
    }
}
