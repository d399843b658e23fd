package io.peerscope.ingest.protobuf;

import io.peerscope.ingest.admission.FieldNames;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Lists of field names that rows had before, so that the same list is the same object. Bounded, thread-safe. */
public final class RowHeads {
    private static final int SLOTS = 1 << 12;

    /** @param repeated whether a name stands twice */
    public record Head(FieldNames names, boolean repeated) {}

    private final AtomicReferenceArray<@Nullable Head> slots = new AtomicReferenceArray<>(SLOTS);

    /** Of the first {@code size} names and types. */
    public Head of(String[] names, byte[] types, int size) {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + names[i].hashCode() + types[i];
        }
        int slot = (hash ^ hash >>> 12 ^ hash >>> 22) & SLOTS - 1;
        Head known = slots.getPlain(slot);
        if (known != null && known.names.are(names, types, size)) {
            return known;
        }
        FieldNames made = FieldNames.typed(names, types, size);
        Head head = new Head(made, made.repeated().isPresent());
        slots.setRelease(slot, head);
        return head;
    }
}
