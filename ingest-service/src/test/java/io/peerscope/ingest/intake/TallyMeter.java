package io.peerscope.ingest.intake;

import io.peerscope.contracts.problem.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the sums of {@link IntakeMeter} and checks that they balance. */
public final class TallyMeter implements IntakeMeter {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    public int of(String name) {
        return counts.getOrDefault(name, 0);
    }

    /** What the interface promises for moments when nothing is in flight. */
    public boolean balances() {
        return of("requests") == of("turned away") + of("undecodable") + of("understood")
                && of("decoded batches")
                        == of("refused") + of("duplicate batches") + of("durable batches") + of("unconfirmed batches")
                && of("decoded samples") == of("rejected") + of("duplicate") + of("durable") + of("unconfirmed");
    }

    private void add(String name, int amount) {
        counts.merge(name, amount, Integer::sum);
    }

    @Override
    public void request(String protocol) {
        add("requests", 1);
    }

    @Override
    public void understood(int leftOut) {
        add("understood", 1);
        add("decoded samples", leftOut);
    }

    @Override
    public void turnedAway(ErrorCode why) {
        add("turned away", 1);
    }

    @Override
    public void undecodable(ErrorCode why) {
        add("undecodable", 1);
    }

    @Override
    public void decoded(int samples) {
        add("decoded batches", 1);
        add("decoded samples", samples);
    }

    @Override
    public void refused(ErrorCode why) {
        add("refused", 1);
    }

    @Override
    public void rejected(ErrorCode why, int samples) {
        add("rejected", samples);
    }

    @Override
    public void duplicate(int samples) {
        add("duplicate batches", 1);
        add("duplicate", samples);
    }

    @Override
    public void durable(int samples, int merged) {
        add("durable batches", 1);
        add("durable", samples);
        add("merged", merged);
    }

    @Override
    public void unconfirmed(int samples) {
        add("unconfirmed batches", 1);
        add("unconfirmed", samples);
    }

    @Override
    public void events(Events outcome, int count) {
        add(outcome + " events", count);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
