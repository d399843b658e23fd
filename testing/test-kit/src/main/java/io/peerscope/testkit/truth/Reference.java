package io.peerscope.testkit.truth;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.rollup.MinuteWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must be stored in the end, from all batches in the order in which each host's were taken. It knows nothing of
 * streams, windows that close, SQL or restarts: samples by time, the later of two with the same time holds, and a roll-up
 * is what the samples in it come to.
 */
public final class Reference {
    private final Map<Series, TreeMap<Long, Double>> samples = new HashMap<>();
    private final Map<Account, Booking> ledger = new HashMap<>();
    private final long grace;

    /** @param subject as {@link io.peerscope.contracts.point.Subject#canonical()} */
    public record Series(String subject, String field) {}

    /** @param start epoch milliseconds */
    public record Cell(Series series, long start) {}

    public record Account(String host, LocalDate day) {}

    public record Booking(long stored, long late, long duplicate) {
        Booking plus(Booking more) {
            return new Booking(stored + more.stored, late + more.late, duplicate + more.duplicate);
        }
    }

    /** @param graceMillis how long after its end a minute takes points; later is late */
    public Reference(long graceMillis) {
        this.grace = graceMillis;
    }

    /** To be told more without the first hearing of it. */
    public Reference copy() {
        Reference copy = new Reference(grace);
        samples.forEach((series, values) -> copy.samples.put(series, new TreeMap<>(values)));
        copy.ledger.putAll(ledger);
        return copy;
    }

    public void take(PointBatch batch) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(batch.receivedAt()), ZoneOffset.UTC);
        for (Point point : batch.points()) {
            boolean late = MinuteWindow.isLate(point.timestamp(), batch.receivedAt(), grace);
            for (int i = 0; i < point.values().length; i++) {
                Series series =
                        new Series(point.subject().canonical(), point.shape().field(i));
                boolean again =
                        samples.computeIfAbsent(series, s -> new TreeMap<>()).put(point.timestamp(), point.values()[i])
                                != null;
                Booking booking = new Booking(again || late ? 0 : 1, !again && late ? 1 : 0, again ? 1 : 0);
                ledger.merge(new Account(batch.host(), day), booking, Booking::plus);
            }
        }
    }

    public Map<Series, TreeMap<Long, Double>> samples() {
        return samples;
    }

    public Map<Account, Booking> ledger() {
        return ledger;
    }

    /** What stands in a tier, up to a time at which one of its buckets ends. */
    public Map<Cell, Bucket> buckets(Span span, long until) {
        Map<Cell, TreeMap<Long, Double>> parts = new HashMap<>();
        samples.forEach((series, values) -> values.headMap(until).forEach((time, value) -> parts.computeIfAbsent(
                        new Cell(series, span.startOf(time)), cell -> new TreeMap<>())
                .put(time, value)));
        Map<Cell, Bucket> buckets = new HashMap<>();
        parts.forEach((cell, values) -> buckets.put(cell, Bucket.of(values)));
        return buckets;
    }
}
