package io.peerscope.ingest.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which keys of which owners were seen lately, up to a number for each owner and one for all. Two generations: a key lives
 * through the one it was seen in and the next. A key takes some 50 bytes at most. Thread-safe.
 */
final class ActiveKeys {
    private static final int SHARDS = 64;

    private final Shard[] shards = new Shard[SHARDS];
    private final AtomicLong active = new AtomicLong();
    private final int perOwner;
    private final long total;

    ActiveKeys(int perOwner, long total) {
        this.perOwner = perOwner;
        this.total = total;
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard();
        }
    }

    /** @return whether it is one of those seen lately, by now at least */
    boolean see(long owner, long key) {
        return shards[(int) (owner >>> 32) & SHARDS - 1].see(owner, key);
    }

    /** Ends the generation: what was not seen in it is forgotten. */
    void turn() {
        for (Shard shard : shards) {
            shard.turn();
        }
    }

    long active() {
        return active.get();
    }

    int of(long owner) {
        return shards[(int) (owner >>> 32) & SHARDS - 1].of(owner);
    }

    private final class Shard {
        private LongCounts now = new LongCounts();
        private LongCounts before = new LongCounts();
        /** By owner: keys seen now, and those seen before and not yet now. */
        private LongCounts ownedNow = new LongCounts();

        private LongCounts ownedBefore = new LongCounts();
        private long onlyBefore;
        private long seenNow;

        synchronized boolean see(long owner, long key) {
            if (now.get(key) > 0) {
                return true;
            }
            if (before.get(key) > 0) {
                ownedBefore.add(owner, -1);
                onlyBefore--;
            } else if (ownedNow.get(owner) + ownedBefore.get(owner) >= perOwner || !takeOne()) {
                return false;
            }
            now.add(key, 1);
            ownedNow.add(owner, 1);
            seenNow++;
            return true;
        }

        private boolean takeOne() {
            if (active.incrementAndGet() <= total) {
                return true;
            }
            active.decrementAndGet();
            return false;
        }

        synchronized int of(long owner) {
            return ownedNow.get(owner) + ownedBefore.get(owner);
        }

        synchronized void turn() {
            active.addAndGet(-onlyBefore);
            LongCounts spare = before;
            before = now;
            spare.clear();
            now = spare;
            spare = ownedBefore;
            ownedBefore = ownedNow;
            spare.clear();
            ownedNow = spare;
            onlyBefore = seenNow;
            seenNow = 0;
        }
    }
}
