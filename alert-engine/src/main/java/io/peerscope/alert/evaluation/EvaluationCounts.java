package io.peerscope.alert.evaluation;

import java.util.concurrent.atomic.LongAdder;

/** What evaluations did, over all tasks of the process. judged + late = values that a rule looks at. */
public final class EvaluationCounts {
    private final LongAdder judged = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder ignoredCommands = new LongAdder();
    private final LongAdder orphans = new LongAdder();
    private final LongAdder uncounted = new LongAdder();

    void judged() {
        judged.increment();
    }

    void late() {
        late.increment();
    }

    void events(int number) {
        events.add(number);
    }

    void ignoredCommand() {
        ignoredCommands.increment();
    }

    void orphan() {
        orphans.increment();
    }

    /** Values held against rules. */
    public long judgedTotal() {
        return judged.sum();
    }

    /** Values that were not newer than one judged before: repeated or out of order. */
    public long lateTotal() {
        return late.sum();
    }

    public long eventsTotal() {
        return events.sum();
    }

    /** Commands for alerts that are unknown, closed, or already as wished. */
    public long ignoredCommandsTotal() {
        return ignoredCommands.sum();
    }

    /** Stored alerts without their rule; must stay 0. */
    public long orphansTotal() {
        return orphans.sum();
    }

    void uncounted(long number) {
        uncounted.add(number);
    }

    /** Subjects left out of a rule over many, as they would have made too many groups. */
    public long uncountedTotal() {
        return uncounted.sum();
    }
}
