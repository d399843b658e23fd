package io.peerscope.alert.evaluation;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.detect.Expectation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps expectations as long as they may hold: in the heap for those who judge, and in the store. */
final class Expected {
    private static final long SWEEP_EVERY = 60_000;

    private final Foresight foresight;
    private final Outlet outlet;
    private long swept;

    Expected(Foresight foresight, Outlet outlet) {
        this.foresight = foresight;
        this.outlet = outlet;
    }

    void restore(Expectation kept) {
        drop(foresight.put(kept));
    }

    /** Also of a rule that is not known: there is no order between what is said of rules and of their series. */
    void said(Expectation expectation, long now) {
        if (expectation.until().toEpochMilli() > now) {
            drop(foresight.put(expectation));
            outlet.expectation(key(expectation), expectation);
        }
    }

    /** @param after null: removed or switched off */
    void rule(String ruleId, @Nullable Terms after) {
        drop(foresight.forget(each ->
                each.ruleId().equals(ruleId) && (after == null || !each.basis().equals(after.basis()))));
    }

    void tick(long now) {
        if (now - swept >= SWEEP_EVERY) {
            swept = now;
            drop(foresight.forget(each -> each.until().toEpochMilli() <= now));
        }
    }

    private void drop(List<Expectation> gone) {
        gone.forEach(each -> outlet.expectation(key(each), null));
    }

    private static String key(Expectation expectation) {
        return expectation.ruleId() + "|" + expectation.on().canonical() + "|"
                + expectation.from().toEpochMilli();
    }
}
