package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.PointBatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the timestamps of a batch lie to the time at which it came.
 *
 * @param newest that may be a clock's, epoch milliseconds; {@link Long#MIN_VALUE} where there is none
 * @param receivedAt by the host's clock, as far as that is known
 */
record NewestTimes(List<DraftPoint> points, long newest, long oldest, long receivedAt) {
    /** Further ahead than this, a timestamp says nothing about the host's clock: somebody mixed up units. */
    private static final long PLAUSIBLY_AHEAD = 60_000;
    /** What is newer than this may have been sent as soon as it was measured. */
    private static final long LIVE = 30_000;
    /** So many points tell enough of a clock. */
    private static final int ENOUGH = 1_000;

    static NewestTimes of(List<DraftPoint> points, long receivedAt) {
        long newest = Long.MIN_VALUE;
        long oldest = Long.MAX_VALUE;
        for (DraftPoint point : points) {
            long time = point.timestamp() == Draft.NO_TIME ? receivedAt : point.timestamp();
            if (time > newest && time <= receivedAt + PLAUSIBLY_AHEAD) {
                newest = time;
            }
            oldest = Math.min(oldest, time);
        }
        return new NewestTimes(points, newest, oldest, receivedAt);
    }

    /** What is older was queued and says nothing of the clock. */
    boolean isLive() {
        return newest > receivedAt - LIVE;
    }

    long ahead() {
        return newest - receivedAt;
    }

    boolean isAhead() {
        return isAhead(newest);
    }

    boolean oldestIsAhead() {
        return isAhead() && isAhead(oldest);
    }

    private boolean isAhead(long time) {
        return time > receivedAt + PointBatch.MOST_AHEAD;
    }

    /** Then it is the clock; one subject alone may be foretold, or wrong. Ordered, so that no names make it slow. */
    boolean everySubjectIsAhead() {
        if (!isAhead()) {
            return false;
        }
        Map<String, Long> bySubject = new TreeMap<>();
        for (DraftPoint point : points.subList(Math.max(0, points.size() - ENOUGH), points.size())) {
            if (point.timestamp() == Draft.NO_TIME || point.timestamp() > receivedAt - LIVE) {
                long time = point.timestamp() == Draft.NO_TIME ? receivedAt : point.timestamp();
                bySubject.merge(point.kind() + '\n' + String.join("\n", point.labels()), time, Math::max);
            }
        }
        return bySubject.values().stream().allMatch(this::isAhead);
    }
}
