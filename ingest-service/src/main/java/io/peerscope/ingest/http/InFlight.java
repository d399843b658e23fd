package io.peerscope.ingest.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is being worked on: bounds its bytes, and lets it end before the process does. Bytes count as they arrive, so that
 * a body that drips holds no more than what has come. Thread-safe.
 */
public final class InFlight {
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final Object change = new Object();
    private int requests; // guarded by change
    private boolean draining; // guarded by change
    private volatile boolean leaving;

    public InFlight(long mostBytes) {
        if (mostBytes < 1) {
            throw new IllegalArgumentException("peerscope.ingest.max-in-flight must be at least 1, was " + mostBytes);
        }
        this.mostBytes = mostBytes;
    }

    /** Empty once draining has begun. */
    Optional<Share> enter() {
        synchronized (change) {
            if (draining) {
                return Optional.empty();
            }
            requests++;
        }
        return Optional.of(new Share());
    }

    /**
     * From now on {@link #leaving}, but still open for so long: balancers must have looked before a request can be turned
     * away.
     */
    public void announce(Duration notice) throws InterruptedException {
        leaving = true;
        long end = System.nanoTime() + notice.toNanos();
        long millis;
        synchronized (change) {
            while ((millis = (end - System.nanoTime()) / 1_000_000) > 0) {
                change.wait(millis);
            }
        }
    }

    /** Whether senders should go elsewhere. */
    public boolean leaving() {
        return leaving;
    }

    /** Lets nobody in any more and waits for those who are. @return whether all have gone */
    public boolean drain(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        leaving = true;
        synchronized (change) {
            draining = true;
            while (requests > 0) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                change.wait(millis);
            }
            return true;
        }
    }

    public long bytes() {
        return bytes.get();
    }

    public int requests() {
        synchronized (change) {
            return requests;
        }
    }

    /** What one request holds. Not thread-safe, but may move from thread to thread. */
    final class Share {
        private long held;
        private boolean closed;

        /** @return false where that is more than there is */
        boolean take(int more) {
            long now;
            do {
                now = bytes.get();
                if (now + more > mostBytes) {
                    return false;
                }
            } while (!bytes.compareAndSet(now, now + more));
            held += more;
            return true;
        }

        /** As {@link #take}, of what is read from a body. A single one never takes more than a quarter of all there is. */
        boolean takeUpTo(long more) {
            return take((int) Math.min(more, mostBytes / 4));
        }

        void close() {
            if (closed) {
                return;
            }
            closed = true;
            bytes.addAndGet(-held);
            synchronized (change) {
                requests--;
                change.notifyAll();
            }
        }
    }
}
