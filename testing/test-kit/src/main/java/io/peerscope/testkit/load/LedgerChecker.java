package io.peerscope.testkit.load;

import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Measurement;
import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.send.Outcome;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.story.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares the sender's book with what is stored: every acknowledged sample exactly once with its value, those without an
 * answer at most once, and every one-minute window the sum of the samples in it. Values of the load are quarters, so sums
 * are exact and compared as such.
 */
public final class LedgerChecker {
    private final StoredLoad stored;

    /** @param hostPrefix of the load's hosts; nobody else may report for such hosts */
    public LedgerChecker(Database database, String hostPrefix) {
        this(new JdbcStoredLoad(database, hostPrefix));
    }

    LedgerChecker(StoredLoad stored) {
        this.stored = stored;
    }

    public LedgerReport check(Ledger ledger) {
        Map<PointId, Map<String, Double>> acknowledged = points(ledger.acknowledged());
        Map<PointId, Map<String, Double>> unanswered = points(ledger.notAcknowledged().stream()
                .flatMap(outcome -> switch (outcome) {
                    case Outcome.Unknown unknown -> Stream.of(unknown.batch());
                    case Outcome.Refused refused -> Stream.empty();
                    case Outcome.Accepted accepted -> Stream.empty();
                })
                .toList());
        return compare(acknowledged, unanswered);
    }

    /** Until all of it is stored, and every window that it touches is closed. */
    public LedgerReport greenWithin(Duration limit, Story story, Ledger ledger) {
        story.holdsWithin(limit, "the ledger is green", () -> {
            LedgerReport now = check(ledger);
            if (!now.isGreen()) {
                throw new AssertionError(now.toString());
            }
        });
        return check(ledger);
    }

    private LedgerReport compare(
            Map<PointId, Map<String, Double>> acknowledged, Map<PointId, Map<String, Double>> unanswered) {
        Map<PointId, Map<String, Double>> found = new HashMap<>();
        List<String> extra = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        long[] unacknowledgedStored = {0};
        stored.points((id, values) -> {
            if (found.put(id, values) != null) {
                extra.add(id + " is stored twice");
            }
            Map<String, Double> sent = acknowledged.get(id);
            if (sent == null && unanswered.containsKey(id)) {
                sent = unanswered.get(id);
                unacknowledgedStored[0] += values.size();
            }
            if (sent == null) {
                extra.add(id + " was never sent");
            } else if (!sent.equals(values)) {
                wrong.add("%s: sent %s, stored %s".formatted(id, sent, values));
            }
        });
        List<String> missing = acknowledged.keySet().stream()
                .filter(id -> !found.containsKey(id))
                .map(PointId::toString)
                .sorted()
                .toList();
        Map<PointId, Map<String, WindowTotals>> expected = windowsOf(found);
        return new LedgerReport(
                samples(acknowledged.values()),
                samples(found.values()),
                unacknowledgedStored[0],
                missing,
                extra,
                wrong,
                expected.size(),
                windowFaults(expected));
    }

    private List<String> windowFaults(Map<PointId, Map<String, WindowTotals>> expected) {
        List<String> faults = new ArrayList<>();
        Map<PointId, Map<String, WindowTotals>> rows = new HashMap<>();
        stored.windows((id, totals) -> {
            if (rows.put(id, totals) != null) {
                faults.add("window " + id + " is stored twice");
            }
        });
        Set<PointId> all = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        all.addAll(expected.keySet());
        all.addAll(rows.keySet());
        for (PointId id : all) {
            Map<String, WindowTotals> want = expected.getOrDefault(id, Map.of());
            Map<String, WindowTotals> have = rows.getOrDefault(id, Map.of());
            if (!want.equals(have)) {
                faults.add("window %s: %s".formatted(id, difference(want, have)));
            }
        }
        return faults;
    }

    private static String difference(Map<String, WindowTotals> want, Map<String, WindowTotals> have) {
        if (have.isEmpty()) {
            return "not there";
        }
        Set<String> fields = new TreeSet<>(want.keySet());
        fields.addAll(have.keySet());
        return fields.stream()
                .filter(field -> want.get(field) == null || !want.get(field).equals(have.get(field)))
                .findFirst()
                .map(field -> "%s should be %s, is %s".formatted(field, want.get(field), have.get(field)))
                .orElse("");
    }

    private static Map<PointId, Map<String, WindowTotals>> windowsOf(Map<PointId, Map<String, Double>> points) {
        Map<PointId, Map<String, WindowTotals>> windows = new HashMap<>();
        points.forEach((id, values) -> {
            Map<String, WindowTotals> window = windows.computeIfAbsent(
                    new PointId(id.host(), WindowTotals.startOf(id.time())), start -> new TreeMap<>());
            values.forEach((field, value) -> {
                if (Rollup.counts(value)) {
                    window.merge(field, WindowTotals.of(value, id.time()), WindowTotals::plus);
                }
            });
        });
        windows.values().removeIf(Map::isEmpty);
        return windows;
    }

    private static Map<PointId, Map<String, Double>> points(Collection<Batch> batches) {
        Map<PointId, Map<String, Double>> points = new HashMap<>();
        for (Batch batch : batches) {
            for (Measurement point : batch.points()) {
                points.put(new PointId(batch.host(), point.timestamp().toEpochMilli()), new TreeMap<>(point.fields()));
            }
        }
        return points;
    }

    private static long samples(Collection<Map<String, Double>> points) {
        return points.stream().mapToLong(Map::size).sum();
    }
}
