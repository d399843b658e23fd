package io.peerscope.alert.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * From where partitions ended at some time, and how far their readers have come since, to what is known: that everything
 * until that time is read. A partition that is asked for is not asked again until its reader has passed that end, or it
 * would never be known of one that grows all the time. Epoch milliseconds.
 */
final class Passed {
    private final Map<Integer, Asked> asked = new HashMap<>();
    private final Map<Integer, Long> until = new HashMap<>();

    /**
     * @param end offset after the last record that was there
     * @param position of the reader since {@code stands}
     */
    private record Asked(long at, long end, long position, long stands) {}

    /** A stretch of a partition before which its reader stands still. */
    record Gap(int partition, long from, long to) {}

    /** @param ends offsets after the last record that could be read at that time, by partition */
    void ends(long at, Map<Integer, Long> ends) {
        ends.forEach((partition, end) -> asked.putIfAbsent(partition, new Asked(at, end, 0, at)));
    }

    /** @param positions offsets of the next record, by partition; 0 where there is none */
    void positions(long now, Map<Integer, Long> positions) {
        for (int partition : List.copyOf(asked.keySet())) {
            long position = positions.getOrDefault(partition, 0L);
            Asked waiting = Objects.requireNonNull(asked.get(partition));
            if (position >= waiting.end()) {
                passed(partition);
            } else if (position != waiting.position()) {
                asked.put(partition, new Asked(waiting.at(), waiting.end(), position, now));
            }
        }
    }

    /** What was asked for is passed, whatever the position says. */
    void passed(int partition) {
        Asked waiting = asked.remove(partition);
        if (waiting != null) {
            until.put(partition, waiting.at());
        }
    }

    /** Those where the reader has not moved since before; told again only after as long a time. */
    List<Gap> gaps(long now, long patience) {
        List<Gap> gaps = new ArrayList<>();
        for (int partition : List.copyOf(asked.keySet())) {
            Asked waiting = Objects.requireNonNull(asked.get(partition));
            if (now - waiting.stands() > patience) {
                gaps.add(new Gap(partition, waiting.position(), waiting.end()));
                asked.put(partition, new Asked(waiting.at(), waiting.end(), waiting.position(), now));
            }
        }
        return gaps;
    }

    Map<Integer, Long> until() {
        return Map.copyOf(until);
    }
}
