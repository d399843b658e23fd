package io.peerscope.ingest.http;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that bodies are unpacked into, a few of them, used again and again: a fresh one would have to be zeroed, and none
 * of it would be in the processor's cache. What is in them is left there. Thread-safe.
 */
final class Buffers {
    private static final int PLACES = 8;
    /** Larger ones are not kept. */
    private static final int LARGEST = 512 * 1024;

    private final AtomicReferenceArray<byte @Nullable []> free = new AtomicReferenceArray<>(PLACES);

    /** At least so long. */
    byte[] take(int length) {
        for (int place = 0; length <= LARGEST && place < PLACES; place++) {
            byte[] held = free.getPlain(place) == null ? null : free.getAndSet(place, null);
            if (held != null && held.length >= length) {
                return held;
            }
        }
        return new byte[length <= LARGEST ? Integer.highestOneBit(Math.max(1, length - 1)) << 1 : length];
    }

    /** Nobody may look at it any more. */
    void give(byte[] buffer) {
        for (int place = 0; buffer.length <= LARGEST && place < PLACES; place++) {
            if (free.getPlain(place) == null && free.compareAndSet(place, null, buffer)) {
                return;
            }
        }
    }
}
