package io.peerscope.testkit.truth;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.truth.Reference.Cell;
import io.peerscope.testkit.truth.StoredHistory.Row;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Holds the tables to the reference: every sample once with its value, and in every tier every bucket that is due, with
 * count, sum, min, max, first and last with their times, the growth of counters and percentiles. Sums are compared as they are, so values should be
 * such that any order of adding gives the same: quarters, for example.
 */
public final class HistoryChecker {
    private static final double[] SHARES = {0, 0.5, 0.95, 0.99, 1};
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final Opening stored;
    private final Reference reference;

    @FunctionalInterface
    interface Opening {
        StoredHistory open() throws SQLException;
    }

    /** Nobody else may have sent anything to that database. */
    public HistoryChecker(Database database, Reference reference) {
        this(() -> new JdbcStoredHistory(database), reference);
    }

    HistoryChecker(Opening stored, Reference reference) {
        this.stored = stored;
        this.reference = reference;
    }

    /** @throws IllegalStateException where the database does not answer */
    public Findings check() {
        Findings findings = new Findings();
        try (StoredHistory now = stored.open()) {
            samples(now, findings);
            long waiting = now.workLeft();
            if (waiting > 0) {
                findings.fault("work", waiting + " windows and buckets wait to be made");
            }
            for (Span span : Span.values()) {
                long until = span == Span.MINUTE
                        ? Long.MAX_VALUE
                        : now.builtUntil(span).orElse(Long.MIN_VALUE);
                buckets(now, span, until, findings);
            }
            return findings;
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be read", e);
        }
    }

    private void samples(StoredHistory stored, Findings findings) throws SQLException {
        Map<Cell, Double> wanted = new HashMap<>();
        reference
                .samples()
                .forEach(
                        (series, values) -> values.forEach((time, value) -> wanted.put(new Cell(series, time), value)));
        findings.compared("raw", wanted.size());
        Set<Cell> seen = new HashSet<>();
        stored.samples((cell, value) -> {
            if (!seen.add(cell)) {
                findings.fault("raw", cell + " is there twice");
            } else if (!value.equals(wanted.remove(cell))) {
                findings.fault("raw", cell + " is " + value + ", which was not sent");
            }
        });
        wanted.forEach((cell, value) -> findings.fault("raw", cell + " is missing: " + value));
    }

    private void buckets(StoredHistory stored, Span span, long until, Findings findings) throws SQLException {
        Map<Cell, Bucket> wanted = reference.buckets(span, until);
        findings.compared(span.word(), wanted.size());
        Set<Cell> seen = new HashSet<>();
        stored.buckets(span, (cell, row) -> {
            Bucket bucket = wanted.get(cell);
            if (!seen.add(cell)) {
                findings.fault(span.word(), cell + " is there twice");
            } else if (bucket == null) {
                findings.fault(span.word(), cell + " is there and should not be: " + row);
            } else {
                String difference = difference(cell, bucket, row);
                if (!difference.isEmpty()) {
                    findings.fault(span.word(), cell + difference);
                }
            }
        });
        wanted.keySet().removeAll(seen);
        wanted.forEach((cell, bucket) -> findings.fault(span.word(), cell + " is missing: " + bucket));
    }

    private static String difference(Cell cell, Bucket bucket, Row row) {
        String field = cell.series().field();
        FieldType type = CATALOGUE.type(field);
        boolean grows = type == FieldType.COUNTER || type == FieldType.UNKNOWN;
        if (row.count() != bucket.count()
                || row.sum() != bucket.sum()
                || row.min() != bucket.min()
                || row.max() != bucket.max()
                || row.last() != bucket.last()
                || row.first() != bucket.first()
                || row.firstTime() != bucket.firstTime()
                || row.lastTime() != bucket.lastTime()
                || grows && row.gain() != bucket.gain()) {
            return " should be " + bucket + ", is " + row;
        }
        if (row.sketch().isPresent() != CATALOGUE.hasPercentiles(field)) {
            return " has a sketch: " + row.sketch().isPresent();
        }
        Sketch sketch = row.sketch().orElse(Sketch.empty());
        if (row.sketch().isPresent() && sketch.count() != bucket.count()) {
            return " has a sketch of " + sketch.count() + " values instead of " + bucket.count();
        }
        for (double share : row.sketch().isPresent() ? SHARES : new double[0]) {
            if (!bucket.allows(share, sketch.percentile(share))) {
                return " has the percentile %s %s of %s".formatted(share, sketch.percentile(share), bucket.sorted());
            }
        }
        return "";
    }
}
