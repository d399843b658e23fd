package io.peerscope.contracts.point;

/**
 * What the numbers of a field mean from one to the next, as far as its sender says. Senders of one field may differ, and
 * may come to know later; so the type goes with the {@link Shape} of a row.
 */
public enum FieldType {
    /** Nobody said. What the metric catalogue says of the field, holds. */
    UNKNOWN,
    /** How it is now. */
    GAUGE,
    /** A total that only grows, until it starts again from zero. */
    COUNTER,
    /** What was added since the last report. */
    DELTA;

    private static final FieldType[] BY_NUMBER = values();

    /** As in points.proto. */
    public byte number() {
        return (byte) ordinal();
    }

    /** A number that this version does not know says nothing to it. */
    public static FieldType of(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }
}
