package io.peerscope.aggregate.mesh;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How long a host was there, of the time it was awaited: the last thirty days, today included, by days in UTC. */
final class Availability {
    private static final int DAYS = 30;
    private static final long DAY = 24 * 3_600_000L;

    private final Deque<Day> days = new ArrayDeque<>();

    /** Seconds of one day. */
    public record Day(long day, double up, double expected) {}

    void add(long at, double seconds, boolean there) {
        long day = at / DAY;
        Day last = days.peekLast();
        if (last == null || last.day() < day) {
            last = new Day(day, 0, 0);
        } else {
            days.removeLast();
        }
        days.addLast(new Day(last.day(), last.up() + (there ? seconds : 0), last.expected() + seconds));
        while (days.getFirst().day() <= day - DAYS) {
            days.removeFirst();
        }
    }

    double up() {
        return days.stream().mapToDouble(Day::up).sum();
    }

    double expected() {
        return days.stream().mapToDouble(Day::expected).sum();
    }

    List<Day> days() {
        return List.copyOf(days);
    }

    void recall(List<Day> kept) {
        days.addAll(kept);
    }
}
