package io.peerscope.ingest.remotewrite;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Makes equal things one object, as far as a fixed number of places goes: each has one, and the newcomer takes it.
 * Thread-safe for immutable things.
 */
final class Recent<T> {
    private final AtomicReferenceArray<@Nullable T> slots;

    /** @param places a power of two */
    Recent(int places) {
        this.slots = new AtomicReferenceArray<>(places);
    }

    T same(T thing, int hash) {
        int slot = (hash ^ hash >>> 15) & slots.length() - 1;
        T known = slots.getPlain(slot);
        if (known != null && known.equals(thing)) {
            return known;
        }
        slots.setRelease(slot, thing);
        return thing;
    }
}
