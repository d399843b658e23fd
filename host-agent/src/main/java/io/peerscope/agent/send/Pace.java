package io.peerscope.agent.send;

import io.peerscope.agent.queue.ParcelLimits;
import java.time.Duration;

/**
 * How fast a backlog goes out. Parcels begin small and grow while the server takes them; between two of them there is a
 * pause of four times what the server needed for the last one, so that a host that comes back never keeps it busier than
 * a fifth of the time, and a server that is slow is asked less.
 */
final class Pace {
    /** Ingest takes no more in one request. */
    private static final int MOST_POINTS = 10_000;
    /** Ingest takes 10 MiB; the rest is for the frame. */
    private static final long MOST_BYTES = 9 << 20;

    private static final int FIRST_POINTS = 1_000;
    private static final int REST = 4;
    private static final long SHORTEST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(60).toNanos();

    private int points = FIRST_POINTS;
    private long pause = SHORTEST_PAUSE;
    private long due = Long.MIN_VALUE;

    ParcelLimits limits() {
        return new ParcelLimits(points, MOST_BYTES);
    }

    /** Until the next parcel of the backlog, nanoseconds. */
    long untilDue(long now) {
        return due == Long.MIN_VALUE ? 0 : Math.max(0, due - now);
    }

    /** A parcel was taken. */
    void taken(long began, long now) {
        points = Math.min(MOST_POINTS, points * 2);
        pause = Math.clamp((now - began) * REST, SHORTEST_PAUSE, LONGEST_PAUSE);
        due = now + pause;
    }

    /** The server had enough. */
    void pushedBack(long now) {
        pause = Math.min(LONGEST_PAUSE, pause * 2);
        due = now + pause;
    }

    /** @param tried how many points were too many */
    void tooMuch(int tried) {
        points = Math.max(1, Math.min(points, tried) / 2);
    }
}
