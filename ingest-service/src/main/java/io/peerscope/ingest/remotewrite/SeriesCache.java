package io.peerscope.ingest.remotewrite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Series by the bytes of their labels, for one meaning of these bytes: {@code scope} is part of the key, so what one
 * token's bytes mean is never told to another. A hit costs no decoding. Bounded by number and by bytes; a series has two
 * places where it can stand, so colliding hashes cost a decoding and never a search. Thread-safe without locks.
 */
final class SeriesCache {
    /** Longer blocks of labels are rare, and decoded each time. */
    static final int LONGEST = 1024;

    private static final int SLOTS = 1 << 17;
    private static final long K1 = 0x9e3779b97f4a7c15L;
    private static final long K2 = 0xbf58476d1ce4e5b9L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Immutable, so that a racing reader sees all of it. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    private record Entry(long hash, String scope, byte[] block, Series.Known series) {
        boolean is(long otherHash, String otherScope, byte[] bytes, int from, int to) {
            return hash == otherHash
                    && Arrays.equals(block, 0, block.length, bytes, from, to)
                    && scope.equals(otherScope);
        }
    }

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);
    private final AtomicLong held = new AtomicLong();
    private final long seed;
    private final long mostBytes;

    /**
     * @param seed what nobody outside can guess
     * @param mostBytes of all blocks; with what they stand for, the cache takes about three times as much memory
     */
    SeriesCache(long seed, long mostBytes) {
        this.seed = seed;
        this.mostBytes = mostBytes;
    }

    /** @return null where it is not known */
    Series.@Nullable Known find(long hash, String scope, byte[] bytes, int from, int to) {
        int slot = slot(hash);
        Entry entry = slots.getPlain(slot);
        if (entry != null && entry.is(hash, scope, bytes, from, to)) {
            return entry.series;
        }
        entry = slots.getPlain(slot ^ 1);
        return entry != null && entry.is(hash, scope, bytes, from, to) ? entry.series : null;
    }

    void remember(long hash, String scope, byte[] bytes, int from, int to, Series.Known series) {
        if (to - from > LONGEST) {
            return;
        }
        if (held.addAndGet(to - from) > mostBytes) {
            held.set(to - from);
            for (int i = 0; i < SLOTS; i++) {
                slots.setPlain(i, null);
            }
        }
        int slot = slot(hash);
        if (slots.getPlain(slot) != null && (slots.getPlain(slot ^ 1) == null || hash < 0)) {
            slot ^= 1;
        }
        Entry before = slots.getAndSet(slot, new Entry(hash, scope, Arrays.copyOfRange(bytes, from, to), series));
        if (before != null) {
            held.addAndGet(-before.block.length);
        }
    }

    /** Bytes of all blocks. */
    long held() {
        return held.get();
    }

    private static int slot(long hash) {
        return (int) hash & SLOTS - 1;
    }

    /** Two lanes of eight bytes each, so that the processor multiplies both at once. */
    long hash(String scope, byte[] bytes, int from, int to) {
        long a = seed ^ to - from;
        long b = seed + scope.hashCode();
        int at = from;
        for (; at <= to - 16; at += 16) {
            a = (a ^ (long) LONG.get(bytes, at)) * K1;
            b = (b ^ (long) LONG.get(bytes, at + 8)) * K2;
            a ^= a >>> 32;
            b ^= b >>> 32;
        }
        if (at <= to - 8) {
            a = (a ^ (long) LONG.get(bytes, at)) * K1;
            a ^= a >>> 32;
            at += 8;
        }
        for (; at < to; at++) {
            b = (b ^ bytes[at]) * K2;
        }
        return mix(a + Long.rotateLeft(b, 17));
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 30) * K2;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** For the texts of a target. */
    long hash(long before, String text) {
        long hash = before ^ seed ^ text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * K1;
            hash ^= hash >>> 32;
        }
        return mix(hash);
    }
}
