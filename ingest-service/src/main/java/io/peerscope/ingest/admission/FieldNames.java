package io.peerscope.ingest.admission;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The field names of a point in the sender's order and spelling: the key under which a {@link Layout} is kept. */
public final class FieldNames implements Comparable<FieldNames> {
    public static final FieldNames NONE = new FieldNames(new String[0]);

    private final String[] names;
    private final int hash;

    private FieldNames(String[] names) {
        this.names = names;
        this.hash = Arrays.hashCode(names);
    }

    /** Copies the first {@code size} names. */
    public static FieldNames of(String[] names, int size) {
        return size == 0 ? NONE : new FieldNames(Arrays.copyOf(names, size));
    }

    public static FieldNames of(String... names) {
        return of(names, names.length);
    }

    public int size() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    /** Whether these are the first {@code size} of {@code others}. Quick where they are the same objects, as mostly. */
    public boolean are(String[] others, int size) {
        return Arrays.equals(names, 0, names.length, others, 0, size);
    }

    /** The first name that stands twice. */
    public Optional<String> repeated() {
        Set<String> seen = HashSet.newHashSet(names.length);
        for (String name : names) {
            if (!seen.add(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Keeps hash tables quick also where a stranger makes hash codes collide. */
    @Override
    public int compareTo(FieldNames other) {
        return Arrays.compare(names, other.names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldNames that && hash == that.hash && Arrays.equals(names, that.names);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(names);
    }
}
