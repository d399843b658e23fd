package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.problem.ErrorCode;

/**
 * Turns a host's timestamps into event time.
 *
 * @param receivedAt epoch milliseconds
 * @param correction what to add to the host's timestamps, milliseconds
 * @param ofFuture what to add to those that would lie in the future otherwise, milliseconds
 */
public record EventTime(long receivedAt, long correction, long ofFuture, Limits limits) {
    /** The year 5138 in milliseconds: what lies beyond was meant in a smaller unit. */
    private static final long LATEST = 100_000_000_000_000L;
    /** March 1973 in milliseconds: what lies before, but not long before, was meant in seconds. */
    private static final long LOOKS_LIKE_SECONDS = 100_000_000_000L;

    public EventTime(long receivedAt, long correction, Limits limits) {
        this(receivedAt, correction, correction, limits);
    }

    public static boolean inMilliseconds(long timestamp) {
        return timestamp <= LATEST && timestamp >= -LATEST;
    }

    public long of(long timestamp) throws RefusedException {
        if (timestamp == Draft.NO_TIME) {
            return receivedAt;
        }
        if (timestamp == Draft.BAD_TIME) {
            throw new RefusedException(ErrorCode.BAD_TIMESTAMP, "timestamp must be RFC 3339 or epoch milliseconds");
        }
        if (!inMilliseconds(timestamp)) {
            String detail = "timestamp must be in milliseconds; " + timestamp + " looks like a smaller unit";
            throw new RefusedException(ErrorCode.BAD_TIMESTAMP, detail);
        }
        long corrected = timestamp + correction;
        if (corrected < receivedAt - limits.keptRaw().toMillis()) {
            String hint = timestamp > 0 && timestamp < LOOKS_LIKE_SECONDS
                    ? "; " + timestamp + " looks like seconds, milliseconds are needed"
                    : "";
            throw new RefusedException(
                    ErrorCode.TOO_OLD,
                    "older than %d s%s".formatted(limits.keptRaw().toSeconds(), hint));
        }
        if (corrected > receivedAt + limits.ahead().toMillis()) {
            String detail =
                    "more than %d s in the future".formatted(limits.ahead().toSeconds());
            throw new RefusedException(ErrorCode.TOO_NEW, detail);
        }
        long latest = receivedAt + PointBatch.MOST_AHEAD;
        return corrected <= latest ? corrected : Math.min(timestamp + ofFuture, latest);
    }
}
