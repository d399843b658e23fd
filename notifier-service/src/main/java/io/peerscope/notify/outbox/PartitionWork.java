package io.peerscope.notify.outbox;

import io.peerscope.notify.deliver.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The messages of one partition that are under way, from its assignment to its loss, so that the position that is
 * committed never passes one of them. Whoever is cut off from Kafka does not learn that his partition went to another, so
 * the claim is good only for a while after each commit that Kafka took from us. Thread-safe.
 */
final class PartitionWork implements Claim {
    /** Shorter than the session of 15 s, before the end of which nobody else is given the partition. */
    static final Duration LEASE = Duration.ofSeconds(10);
    /** While anything is under way a position is committed at least so often, changed or not. */
    static final Duration RENEWAL = Duration.ofSeconds(2);

    private final LongSupplier nanos;
    /** Offset to size in bytes. */
    private final TreeMap<Long, Integer> underWay = new TreeMap<>();

    private long next = -1;
    private long committed = -1;
    private boolean lost;
    private long asked;
    private long confirmed;

    PartitionWork() {
        this(System::nanoTime);
    }

    PartitionWork(LongSupplier nanos) {
        this.nanos = nanos;
        this.asked = nanos.getAsLong();
        this.confirmed = asked;
    }

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

    /** The position to commit; empty where it has not changed and the claim needs no renewal. */
    synchronized Optional<Long> toCommit() {
        long position = underWay.isEmpty() ? next : underWay.firstKey();
        boolean renew = !underWay.isEmpty() && nanos.getAsLong() - asked >= RENEWAL.toNanos();
        if (position <= committed && !renew) {
            return Optional.empty();
        }
        committed = position;
        asked = nanos.getAsLong();
        return Optional.of(position);
    }

    /** Kafka has taken a commit of ours. */
    synchronized void confirm(long askedAt) {
        confirmed = Math.max(confirmed, askedAt);
        notifyAll();
    }

    synchronized void lose() {
        lost = true;
        notifyAll();
    }

    @Override
    public synchronized boolean held() throws InterruptedException {
        while (!lost && nanos.getAsLong() - confirmed > LEASE.toNanos()) {
            wait();
        }
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
