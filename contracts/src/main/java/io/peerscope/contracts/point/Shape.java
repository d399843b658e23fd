package io.peerscope.contracts.point;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ordered list of field names, sorted, each once, and what is known of their types: the header of a row of values.
 * Two shapes with the same names and other types are two shapes. Immutable.
 */
public final class Shape implements Comparable<Shape> {
    private static final byte[] UNTYPED = {};

    private final String[] fields;
    /** Numbers of {@link FieldType}, one for each field; none where nothing is known of any. */
    private final byte[] types;

    private final int hash;
    /** The names as they stand in records: the same few shapes are written thousands of times. */
    private volatile byte @Nullable [] texts;

    private Shape(String[] fields, byte[] types) {
        this.fields = fields;
        this.types = types;
        this.hash = Arrays.hashCode(fields) + 31 * Arrays.hashCode(types);
    }

    /** Takes ownership of names that are already sorted without repetition. */
    public static Shape sorted(String... fields) {
        return new Shape(fields, UNTYPED);
    }

    /** Takes ownership of sorted names and the {@link FieldType#number() numbers} of their types, one for each name. */
    public static Shape typed(String[] fields, byte[] types) {
        if (types.length != fields.length) {
            throw new IllegalArgumentException(types.length + " types for " + fields.length + " fields");
        }
        for (byte type : types) {
            if (FieldType.of(type) != FieldType.UNKNOWN) {
                return new Shape(fields, types);
            }
        }
        return sorted(fields);
    }

    /** The names as fields {@code strings} of a record. Not to be changed. */
    byte[] texts() {
        byte[] made = texts;
        if (made == null) {
            ProtoWriter writer = new ProtoWriter(24 * fields.length);
            for (String field : fields) {
                writer.repeatedText(Dictionary.STRINGS, field);
            }
            made = writer.toByteArray();
            texts = made;
        }
        return made;
    }

    public int size() {
        return fields.length;
    }

    public String field(int index) {
        return fields[index];
    }

    public FieldType type(int index) {
        return FieldType.of(typeNumber(index));
    }

    private byte typeNumber(int index) {
        return types.length == 0 ? 0 : types[index];
    }

    /** Whether anything is known of the type of any field. */
    public boolean isTyped() {
        return types.length > 0;
    }

    public List<String> fields() {
        return List.of(fields);
    }

    /** Position of a field, or a negative number where the shape lacks it. */
    public int indexOf(String field) {
        return Arrays.binarySearch(fields, field);
    }

    /** Whether a row of one has the same columns as a row of the other, whatever their types. */
    public boolean hasFieldsOf(Shape other) {
        return this == other || Arrays.equals(fields, other.fields);
    }

    /**
     * The fields of both. Of two types for one field that of {@code more} holds, if it has one.
     *
     * @return this where {@code more} adds nothing
     */
    public Shape with(Shape more) {
        if (equals(more)) {
            return this;
        }
        String[] names = new String[size() + more.size()];
        byte[] numbers = new byte[names.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < size() || j < more.size()) {
            int order = i == size() ? 1 : j == more.size() ? -1 : fields[i].compareTo(more.fields[j]);
            byte own = order <= 0 ? typeNumber(i) : 0;
            byte other = order >= 0 ? more.typeNumber(j) : 0;
            names[size] = order <= 0 ? fields[i] : more.fields[j];
            numbers[size++] = other == 0 ? own : other;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        Shape both = typed(Arrays.copyOf(names, size), Arrays.copyOf(numbers, size));
        return equals(both) ? this : both;
    }

    /** The fields at these places, in ascending order. */
    public Shape only(int... indexes) {
        String[] names = new String[indexes.length];
        byte[] numbers = new byte[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            names[i] = fields[indexes[i]];
            numbers[i] = typeNumber(indexes[i]);
        }
        return typed(names, numbers);
    }

    /** By the names, one after another. Keeps hash tables quick also where a stranger makes hash codes collide. */
    @Override
    public int compareTo(Shape other) {
        int byName = Arrays.compare(fields, other.fields);
        return byName != 0 ? byName : Arrays.compare(types, other.types);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Shape shape
                        && hash == shape.hash
                        && Arrays.equals(fields, shape.fields)
                        && Arrays.equals(types, shape.types);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < fields.length; i++) {
            text.append(i == 0 ? "" : ", ").append(fields[i]);
            if (type(i) != FieldType.UNKNOWN) {
                text.append(' ').append(type(i));
            }
        }
        return text.append(']').toString();
    }
}
