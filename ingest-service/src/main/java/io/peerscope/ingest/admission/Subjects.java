package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.Subject;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Subjects that were found right before, by host, kind and the very list of labels: decoders that know their series hand in
 * the same list again and again. Of a fixed size; thread-safe.
 */
final class Subjects {
    private static final int PLACES = 1 << 16;

    private record Entry(List<String> labels, String kind, Subject subject) {}

    private final AtomicReferenceArray<@Nullable Entry> places = new AtomicReferenceArray<>(PLACES);

    /** @return null where it is not known */
    @Nullable
    Subject find(String host, DraftPoint draft) {
        Entry entry = places.getPlain(place(host, draft.labels()));
        return entry != null
                        && entry.labels == draft.labels()
                        && entry.kind.equals(draft.kind())
                        && entry.subject.host().equals(host)
                ? entry.subject
                : null;
    }

    /** The labels must never change. */
    void remember(DraftPoint draft, Subject subject) {
        places.setRelease(place(subject.host(), draft.labels()), new Entry(draft.labels(), draft.kind(), subject));
    }

    /** With the host, since all lists without labels are one. */
    private static int place(String host, List<String> labels) {
        int hash = System.identityHashCode(labels) + 31 * host.hashCode();
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
