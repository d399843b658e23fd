package io.peerscope.aggregate.window;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rollup.RollupSum;
import java.util.LinkedHashMap;
import java.util.Map;

/** One minute of one host while it takes points. Everything here can be made again from its journal. */
final class OpenWindow {
    final long start;
    final Map<Subject, RollupSum> rollups = new LinkedHashMap<>();

    /** Entries in the journal, numbered from 0. */
    int entries;

    long bytes;

    /** How many of the subjects the journal knows. */
    int subjectsKept;

    /** Offset of the newest record with points of this window once it is too large for us, else -1. */
    long handedOverUpTo = -1;

    private final RollupPlan plan;

    OpenWindow(long start, RollupPlan plan) {
        this.plan = plan;
        this.start = start;
    }

    boolean holds(long timestamp) {
        return timestamp >= start && timestamp - start < MinuteWindow.LENGTH;
    }

    boolean handedOver() {
        return handedOverUpTo >= 0;
    }

    RollupSum rollup(Subject subject, Shape shape) {
        RollupSum known = rollups.get(subject);
        if (known == null) {
            known = new RollupSum(shape, plan);
            rollups.put(subject, known);
        }
        return known;
    }

    void add(Point point) {
        RollupSum rollup = rollup(point.subject(), point.shape());
        if (!handedOver()) {
            rollup.add(point.shape(), point.timestamp(), point.values());
        }
    }

    static Rollup close(RollupSum sum, Subject subject, long start) {
        return sum.close(
                (shape, count, total, min, max, last, first, gain, sketches, firstTime, lastTime) -> new Rollup(
                        subject, shape, start, count, total, min, max, last, first, gain, sketches, firstTime,
                        lastTime));
    }
}
