package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.FieldType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The field names of a point in the sender's order and spelling, and what he says of their types: the key under which a
 * {@link Layout} is kept.
 */
public final class FieldNames implements Comparable<FieldNames> {
    public static final FieldNames NONE = new FieldNames(new String[0], new byte[0]);
    private static final byte[] UNTYPED = {};

    private final String[] names;
    /** Numbers of {@link FieldType}, one for each name; none where nothing is said of any. */
    private final byte[] types;

    private final int hash;

    private FieldNames(String[] names, byte[] types) {
        this.names = names;
        this.types = types;
        this.hash = Arrays.hashCode(names) + 31 * Arrays.hashCode(types);
    }

    /** Copies the first {@code size} names. */
    public static FieldNames of(String[] names, int size) {
        return size == 0 ? NONE : new FieldNames(Arrays.copyOf(names, size), UNTYPED);
    }

    public static FieldNames of(String... names) {
        return of(names, names.length);
    }

    /**
     * Copies the first {@code size} names and types.
     *
     * @param types {@link FieldType#number() numbers}, 0 where the sender does not say
     */
    public static FieldNames typed(String[] names, byte[] types, int size) {
        for (int i = 0; i < size; i++) {
            if (types[i] != 0) {
                return new FieldNames(Arrays.copyOf(names, size), Arrays.copyOf(types, size));
            }
        }
        return of(names, size);
    }

    public int size() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    public FieldType type(int index) {
        return types.length == 0 ? FieldType.UNKNOWN : FieldType.of(types[index]);
    }

    /**
     * Whether these are the first {@code size} of {@code others}, and nothing is said of types. Quick where they are the
     * same objects, as mostly.
     */
    public boolean are(String[] others, int size) {
        return types.length == 0 && Arrays.equals(names, 0, names.length, others, 0, size);
    }

    /** As {@link #are(String[], int)}, with types as for {@link #typed}. */
    public boolean are(String[] others, byte[] otherTypes, int size) {
        if (names.length != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (otherTypes[i] != (types.length == 0 ? 0 : types[i])) {
                return false;
            }
        }
        return Arrays.equals(names, 0, size, others, 0, size);
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
        int byName = Arrays.compare(names, other.names);
        return byName != 0 ? byName : Arrays.compare(types, other.types);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof FieldNames that
                        && hash == that.hash
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(types, that.types);
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
