package io.peerscope.ingest.line;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Lets series whose lines look alike share one plan. A table of fixed size; what finds no room is not shared. */
final class FieldPlans {
    private static final int SLOTS = 1 << 12;

    private final AtomicReferenceArray<FieldPlan> table = new AtomicReferenceArray<>(SLOTS);

    FieldPlan shared(FieldPlan plan) {
        int hash = plan.fingerprint();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        FieldPlan known = table.getAcquire(slot);
        if (known != null && known.isSame(plan)) {
            return known;
        }
        table.setRelease(slot, plan);
        return plan;
    }
}
