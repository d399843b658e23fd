package io.peerscope.alert.group;

import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds up what the tasks have counted. A second is added up once every task that is alive has counted it. Of a task that
 * is gone the last count stands for as long as samples may; a newer count takes the place of an older one, so nothing is
 * counted twice. Times are epoch milliseconds. Not thread-safe.
 */
public final class Totals {
    /** A task that says nothing for so long is not waited for. */
    private static final long PATIENCE = 10_000;

    /** Nor is one that is so far behind the foremost: it has a backlog. */
    private static final long BEHIND = 60_000;

    private final long staleAfter;
    private final Map<Integer, TreeMap<Long, Partial>> byPartition = new HashMap<>();
    /** By partition: when it was last heard, in time during which this task was at work. */
    private final Map<Integer, Long> heard = new HashMap<>();

    private final Set<Integer> waitedFor = new HashSet<>();
    private long second = Long.MIN_VALUE;

    public Totals(long staleAfter) {
        this.staleAfter = staleAfter;
    }

    /** The newest partial of a partition that an earlier evaluation kept. */
    public void restore(Partial partial) {
        byPartition.computeIfAbsent(partial.partition(), p -> new TreeMap<>()).put(partial.at(), partial);
        heard.put(partial.partition(), 0L);
        second = Math.max(second, partial.at());
    }

    /**
     * @param elapsed time during which this task was at work
     * @return whether there is a new {@link #second} to judge
     */
    public boolean add(Partial partial, long elapsed) {
        TreeMap<Long, Partial> known = byPartition.computeIfAbsent(partial.partition(), p -> new TreeMap<>());
        if (!known.isEmpty() && partial.at() <= known.lastKey()) {
            return false;
        }
        known.put(partial.at(), partial);
        heard.put(partial.partition(), elapsed);
        long complete = complete(elapsed);
        if (complete <= second) {
            return false;
        }
        second = complete;
        byPartition.values().forEach(partials -> {
            Long still = partials.floorKey(second);
            if (still != null) {
                partials.headMap(still).clear();
            }
        });
        return true;
    }

    private long complete(long elapsed) {
        long foremost =
                byPartition.values().stream().mapToLong(TreeMap::lastKey).max().orElse(Long.MIN_VALUE);
        long complete = foremost;
        waitedFor.clear();
        for (Map.Entry<Integer, TreeMap<Long, Partial>> entry : byPartition.entrySet()) {
            long newest = entry.getValue().lastKey();
            if (elapsed - heard.getOrDefault(entry.getKey(), 0L) <= PATIENCE && foremost - newest <= BEHIND) {
                waitedFor.add(entry.getKey());
                complete = Math.min(complete, newest);
            }
        }
        return complete;
    }

    /** The second that was added up last. */
    public long second() {
        return second;
    }

    /** Partitions of which nothing stands any more; they are forgotten. */
    public Collection<Integer> forget() {
        List<Integer> gone = byPartition.entrySet().stream()
                .filter(entry -> second - entry.getValue().lastKey() > staleAfter)
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(partition -> {
            byPartition.remove(partition);
            heard.remove(partition);
        });
        return gone;
    }

    /** @return empty while a task that is alive has not counted by this version of the rule */
    public Optional<Map<Subject, Count>> of(Rule rule) {
        Map<Subject, Count> totals = new HashMap<>();
        for (Map.Entry<Integer, TreeMap<Long, Partial>> entry : byPartition.entrySet()) {
            Map.Entry<Long, Partial> standing = entry.getValue().floorEntry(second);
            if (standing == null || second - standing.getKey() > staleAfter) {
                continue;
            }
            Optional<Tally> tally = standing.getValue().of(rule.id(), rule.version());
            if (tally.isPresent()) {
                tally.get().groups().forEach(count -> totals.merge(count.group(), count, Count::plus));
            } else if (waitedFor.contains(entry.getKey())) {
                return Optional.empty();
            }
        }
        return Optional.of(totals);
    }
}
