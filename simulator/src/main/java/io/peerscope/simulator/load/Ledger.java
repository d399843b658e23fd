package io.peerscope.simulator.load;

import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Measurement;
import io.peerscope.simulator.send.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The sender's book: which batches were acknowledged and so must be found, each sample once. Thread-safe. Batches that
 * were acknowledged more than once, being sent twice, count once.
 */
public final class Ledger {
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

    public void enter(Outcome outcome) {
        outcomes.add(outcome);
    }

    public void enterAll(Collection<Outcome> all) {
        outcomes.addAll(all);
    }

    /** Everything that was entered. */
    public Collection<Outcome> outcomes() {
        return Collections.unmodifiableCollection(outcomes);
    }

    /** Batches with a 2xx, by host and id. */
    public Collection<Batch> acknowledged() {
        Map<String, Batch> batches = new HashMap<>();
        outcomes.forEach(outcome -> {
            switch (outcome) {
                case Outcome.Accepted accepted ->
                    batches.put(accepted.batch().host() + ' ' + accepted.batch().id(), accepted.batch());
                case Outcome.Refused refused -> {}
                case Outcome.Unknown unknown -> {}
            }
        });
        return batches.values();
    }

    public long acknowledgedSamples() {
        return acknowledged().stream().mapToLong(Batch::samples).sum();
    }

    /** Outcomes other than a 2xx: what a test wants to see when it fails. */
    public Collection<Outcome> notAcknowledged() {
        return outcomes.stream()
                .filter(outcome -> !(outcome instanceof Outcome.Accepted))
                .toList();
    }

    /** What roll-ups of acknowledged points of kind {@code host} must say, for epoch-aligned windows of that length. */
    public Map<Cell, Sum> expected(Duration window) {
        Map<Cell, Sum> sums = new HashMap<>();
        for (Batch batch : acknowledged()) {
            for (Measurement point : batch.points()) {
                long at = point.timestamp().toEpochMilli();
                long start = at - Math.floorMod(at, window.toMillis());
                point.fields()
                        .forEach((field, value) ->
                                sums.merge(new Cell(batch.host(), field, start), Sum.of(value, at), Sum::plus));
            }
        }
        return sums;
    }

    /** @param start of the window, epoch milliseconds */
    public record Cell(String host, String field, long start) {}

    /** @param last the value with the newest time */
    public record Sum(long count, double sum, double min, double max, double last, long lastAt) {
        static Sum of(double value, long at) {
            return new Sum(1, value, value, value, value, at);
        }

        Sum plus(Sum other) {
            return new Sum(
                    count + other.count,
                    sum + other.sum,
                    Math.min(min, other.min),
                    Math.max(max, other.max),
                    lastAt >= other.lastAt ? last : other.last,
                    Math.max(lastAt, other.lastAt));
        }
    }
}
