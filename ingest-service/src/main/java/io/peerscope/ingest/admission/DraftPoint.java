package io.peerscope.ingest.admission;

import java.util.List;

/**
 * One point as its sender wrote it.
 *
 * @param labels name, value, name, value …; no name twice
 * @param timestamp epoch milliseconds of the host's clock, {@link Draft#NO_TIME} or {@link Draft#BAD_TIME}
 * @param values one for each name; not a number where the sender gave something that is none
 * @param states name, value, name, value …; no name twice
 */
@SuppressWarnings("ArrayRecordComponent") // a row of numbers on the hot path; never compared
public record DraftPoint(
        String kind, List<String> labels, long timestamp, FieldNames names, double[] values, List<String> states) {}
