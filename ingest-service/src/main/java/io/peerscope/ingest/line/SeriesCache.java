package io.peerscope.ingest.line;

import io.peerscope.ingest.admission.Sender;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Series that were resolved before, found by the bytes of the line and the sender. A table of fixed size: what finds no
 * room takes the place of another, which then costs a few microseconds again. Who sends ever new series slows others down
 * by no more than that, and cannot choose whom, since the hash has a secret. Thread-safe.
 */
final class SeriesCache {
    private static final int WAYS = 4;
    private static final int SETS = 1 << 13;
    /** What is longer is resolved each time, so that strangers cannot fill the memory. */
    private static final int LONGEST = 512;

    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final AtomicReferenceArray<Series> table = new AtomicReferenceArray<>(SETS * WAYS);
    private final long secret = new SecureRandom().nextLong();

    Series of(byte[] bytes, int from, int to, Sender sender) throws BadLineException {
        if (to - from > LONGEST) {
            return Series.parse(bytes, from, to, 0, sender);
        }
        long hash = hash(bytes, from, to) ^ sender.hashCode() * MIX;
        int set = (int) (hash >>> 32) & SETS - 1;
        int free = -1;
        for (int i = set * WAYS; i < (set + 1) * WAYS; i++) {
            Series series = table.getAcquire(i);
            if (series == null) {
                free = i;
            } else if (series.is(bytes, from, to, hash, sender)) {
                return series;
            }
        }
        Series series = Series.parse(bytes, from, to, hash, sender);
        int place = free >= 0 ? free : set * WAYS + ThreadLocalRandom.current().nextInt(WAYS);
        table.setRelease(place, series);
        return series;
    }

    void forget() {
        for (int i = 0; i < SETS * WAYS; i++) {
            table.setRelease(i, null);
        }
    }

    private long hash(byte[] bytes, int from, int to) {
        long hash = secret ^ (to - from) * MIX;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(bytes, at)) * MIX;
            hash ^= hash >>> 29;
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * MIX;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
