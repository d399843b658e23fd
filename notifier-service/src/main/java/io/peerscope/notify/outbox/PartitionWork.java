package io.peerscope.notify.outbox;

import io.peerscope.notify.deliver.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The messages of one partition that are under way, from its assignment to its loss, so that the position that is
 * committed never passes one of them. Thread-safe.
 */
final class PartitionWork implements Claim {
    /** Offset to size in bytes. */
    private final TreeMap<Long, Integer> underWay = new TreeMap<>();

    private long next = -1;
    private long committed = -1;
    private boolean lost;

    synchronized void taken(long offset, int bytes) {
        underWay.put(offset, bytes);
        next = offset + 1;
    }

    synchronized void done(long offset) {
        underWay.remove(offset);
    }

    synchronized int messages() {
        return underWay.size();
    }

    synchronized long bytes() {
        return underWay.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** How far reading is ahead of what may be committed. */
    synchronized long span() {
        return underWay.isEmpty() ? 0 : next - underWay.firstKey();
    }

    /** The position to commit, once; empty where nothing has changed. */
    synchronized Optional<Long> toCommit() {
        long position = underWay.isEmpty() ? next : underWay.firstKey();
        if (position <= committed) {
            return Optional.empty();
        }
        committed = position;
        return Optional.of(position);
    }

    synchronized void lose() {
        lost = true;
        notifyAll();
    }

    @Override
    public synchronized boolean held() {
        return !lost;
    }

    @Override
    public synchronized void rest(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); !lost && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }
}
