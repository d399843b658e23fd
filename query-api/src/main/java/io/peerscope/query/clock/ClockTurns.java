package io.peerscope.query.clock;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.query.ledger.HostDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What some batches, in the order in which they were received, tell of the clocks of their hosts. Not thread-safe. */
public final class ClockTurns {
    private final Map<String, ClockState> known;
    private final TreeMap<String, ClockState> changed = new TreeMap<>();
    private final TreeMap<HostDay, ClockDay> days = new TreeMap<>();
    private final List<Jump> jumps = new ArrayList<>();

    /** @param known hosts whose clock was wrong before, at least those that are among the batches */
    public ClockTurns(Map<String, ClockState> known) {
        this.known = known;
    }

    /**
     * The correction of a host changed.
     *
     * @param number from 0, for each host
     * @param at epoch milliseconds of our clock
     */
    public record Jump(String host, long number, long at, long before, long after) {}

    public ClockTurns hear(PointBatch batch) {
        ClockState before = changed.getOrDefault(batch.host(), known.getOrDefault(batch.host(), ClockState.RIGHT));
        boolean jumped = batch.skew() != before.correction();
        if (jumped) {
            jumps.add(new Jump(batch.host(), before.jumps(), batch.receivedAt(), before.correction(), batch.skew()));
            changed.put(batch.host(), new ClockState(batch.skew(), batch.receivedAt(), before.jumps() + 1));
        }
        if (jumped || batch.skew() != 0) {
            days.merge(HostDay.of(batch.host(), batch.receivedAt()), day(batch, jumped), ClockDay::plus);
        }
        return this;
    }

    private static ClockDay day(PointBatch batch, boolean jumped) {
        long ahead = Long.MIN_VALUE;
        for (Point point : batch.points()) {
            ahead = Math.max(ahead, point.timestamp() - batch.receivedAt());
        }
        int samples = batch.skew() == 0 ? 0 : batch.samples();
        return new ClockDay(samples, batch.skew(), batch.skew(), ahead, jumped ? 1 : 0);
    }

    /** Clocks that are judged otherwise now, by host. */
    public TreeMap<String, ClockState> changed() {
        return changed;
    }

    public TreeMap<HostDay, ClockDay> days() {
        return days;
    }

    public List<Jump> jumps() {
        return jumps;
    }
}
