package io.peerscope.ingest.line;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lets series whose lines look alike share one plan. A table of fixed size; what finds no room is not shared. It counts what
 * plans weigh that were handed out, whoever keeps them.
 */
final class FieldPlans {
    private static final int SLOTS = 1 << 12;

    /** Of all plans, bytes; thousands of them as hosts have them. */
    private static final long MOST = 32 << 20;

    private final AtomicReferenceArray<FieldPlan> table = new AtomicReferenceArray<>(SLOTS);
    private final AtomicLong weight = new AtomicLong();

    FieldPlan shared(FieldPlan plan) {
        int hash = plan.fingerprint();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        FieldPlan known = table.getAcquire(slot);
        if (known != null && known.isSame(plan)) {
            return known;
        }
        table.setRelease(slot, plan);
        weight.addAndGet(plan.weight());
        return plan;
    }

    /** Whether there are so many that all who keep some must forget them; true once, and then the count begins anew. */
    boolean areTooMany() {
        if (weight.get() <= MOST || weight.getAndSet(0) <= MOST) {
            return false;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            table.setRelease(slot, null);
        }
        return true;
    }
}
