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
    /** A task that was given up and is not back after this time is at work elsewhere. */
    static final long GONE = 60_000;

    private static final long DEGRADED = 30_000;
    private static final long DOWN = 120_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final ConcurrentMap<Integer, Reach> byPartition = new ConcurrentHashMap<>();

    /**
     * @param until what was received until then is judged
     * @param released when the task was given up
     */
    private record Reach(long until, long released) {
        /** Times ahead are of a clock that has been set back since; who kept them would not notice anything until then. */
        Reach by(long now) {
            return until <= now && (released <= now || released == NEVER)
                    ? this
                    : new Reach(Math.min(until, now), released == NEVER ? NEVER : Math.min(released, now));
        }
    }

    void taken(int partition, long now) {
        byPartition.compute(
                partition, (p, known) -> new Reach(known == null || gone(known, now) ? now : known.until(), NEVER));
    }

    void released(int partition, long now) {
        byPartition.computeIfPresent(partition, (p, known) -> new Reach(known.until(), now));
    }

    /** @param until what was received until then is judged */
    void read(int partition, long until, long now) {
        byPartition.computeIfPresent(
                partition,
                (p, known) -> new Reach(Math.max(known.by(now).until(), Math.min(until, now)), known.released()));
    }

    /** Milliseconds; some of ordinary work, 0 where there is no task. */
    public long behind(long now) {
        byPartition.replaceAll((partition, known) -> known.by(now));
        return byPartition.values().stream()
                .filter(reach -> !gone(reach, now))
                .mapToLong(reach -> now - reach.until())
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
