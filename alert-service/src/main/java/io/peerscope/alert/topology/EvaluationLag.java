package io.peerscope.alert.topology;

import io.peerscope.foundation.health.Condition;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How far the tasks of this process are behind the wall clock: since when the oldest of what they have not judged is there.
 * It grows also while a thread is stuck in a record, or is fenced and begins that record again and again. Epoch
 * milliseconds. Thread-safe.
 */
public final class EvaluationLag {
    /** A task for which nothing came for so long has nothing waiting; as long as one may need for its first record. */
    static final long QUIET = 5_000;

    /** A task that was given up and is not back after this time is at work elsewhere. */
    static final long GONE = 60_000;

    private static final long DEGRADED = 30_000;
    private static final long DOWN = 120_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final ConcurrentMap<Integer, Reach> byPartition = new ConcurrentHashMap<>();

    /**
     * @param until what was received until then is judged
     * @param heard when something was judged, or the task was taken up
     * @param released when the task was given up
     */
    private record Reach(long until, long heard, long released) {}

    void taken(int partition, long now) {
        byPartition.compute(
                partition,
                (p, known) -> new Reach(known == null || gone(known, now) ? now : known.until(), now, NEVER));
    }

    void released(int partition, long now) {
        byPartition.computeIfPresent(partition, (p, known) -> new Reach(known.until(), known.heard(), now));
    }

    void judged(int partition, long receivedAt, long now) {
        byPartition.put(partition, new Reach(Math.min(receivedAt, now), now, NEVER));
    }

    void tick(int partition, long now) {
        byPartition.computeIfPresent(
                partition,
                (p, known) -> now - known.heard() >= QUIET ? new Reach(now, known.heard(), known.released()) : known);
    }

    /** Milliseconds; some of ordinary work, 0 where there is no task. */
    public long behind(long now) {
        return byPartition.values().stream()
                .filter(reach -> !gone(reach, now))
                .mapToLong(reach -> Math.max(0, now - reach.until()))
                .max()
                .orElse(0);
    }

    private static boolean gone(Reach reach, long now) {
        return reach.released() != NEVER && now - reach.released() > GONE;
    }

    public Condition condition(long now) {
        long behind = behind(now);
        String why = "alerts are judged " + behind / 1_000 + " s late";
        return behind > DOWN
                ? new Condition.Down(why)
                : behind > DEGRADED ? new Condition.Degraded(why) : Condition.ok();
    }
}
