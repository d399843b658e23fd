package io.peerscope.ingest.admission;

import java.util.List;

/**
 * One point as its sender wrote it.
 *
 * @param labels name, value, name, value …; no name twice; immutable, and quicker where it is the same list each time
 * @param timestamp epoch milliseconds of the host's clock, {@link Draft#NO_TIME} or {@link Draft#BAD_TIME}
 * @param values one for each name; not a number where the sender gave something that is none
 * @param states name, value, name, value …; no name twice
 * @param items which of the sender's items it was made of, counted over the whole request from 0, so that a fault can be
 *     told in his terms: one number for each name; a single one where the point is one item; none where an item is a
 *     sample, told by the point's position
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers on the hot path; never compared
public record DraftPoint(
        String kind,
        List<String> labels,
        long timestamp,
        FieldNames names,
        double[] values,
        List<String> states,
        int[] items) {
    public static final int[] NO_ITEMS = {};
}
