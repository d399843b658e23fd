package io.peerscope.aggregate.live;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import java.util.List;
import java.util.Map;

/** By how much a host's clock is wrong, as a point that rules judge; said whenever it changes, and 0 once it is right. */
final class ClockError {
    private static final String FIELD = "clock_error_ms";
    private static final String STATE = "clock_verdict";

    private ClockError() {}

    /** @param skew what is added to the host's timestamps, milliseconds */
    static PointBatch of(PointBatch batch, long skew, long receivedAt) {
        Subject subject = new Subject(batch.host(), Subject.CLOCK, Labels.none());
        String verdict = skew == 0 ? "right" : skew < 0 ? "ahead" : "behind";
        Point point = Point.of(subject, receivedAt, Map.of(FIELD, (double) Math.abs(skew)), Map.of(STATE, verdict));
        return PointBatch.derived(batch.host(), receivedAt, batch.simulated(), List.of(point));
    }
}
