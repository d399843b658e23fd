package io.peerscope.ingest.protobuf;

import io.peerscope.ingest.admission.FieldNames;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Lists of field names that rows had before, so that the same list is the same object. Bounded, thread-safe. */
public final class RowHeads {
    private static final int SLOTS = 1 << 12;
    /** Characters of a list that is kept; a few hundred names as exporters have them. */
    private static final int LONGEST = 1 << 15;

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
        if (isShort(names, size)) {
            slots.setRelease(slot, head);
        }
        return head;
    }

    /** What senders make too long on purpose is refused later and must not stay. */
    private static boolean isShort(String[] names, int size) {
        long length = 0;
        for (int i = 0; i < size; i++) {
            length += names[i].length();
        }
        return length <= LONGEST;
    }
}
