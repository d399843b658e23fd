package io.peerscope.contracts.point;

import java.util.Arrays;
import java.util.List;

/** An ordered list of field names, sorted, each once: the header of a row of values. Immutable. */
public final class Shape implements Comparable<Shape> {
    private final String[] fields;
    private final int hash;

    private Shape(String[] fields) {
        this.fields = fields;
        this.hash = Arrays.hashCode(fields);
    }

    /** Takes ownership of names that are already sorted without repetition. */
    public static Shape sorted(String... fields) {
        return new Shape(fields);
    }

    public int size() {
        return fields.length;
    }

    public String field(int index) {
        return fields[index];
    }

    public List<String> fields() {
        return List.of(fields);
    }

    /** Position of a field, or a negative number where the shape lacks it. */
    public int indexOf(String field) {
        return Arrays.binarySearch(fields, field);
    }

    /** By the names, one after another. Keeps hash tables quick also where a stranger makes hash codes collide. */
    @Override
    public int compareTo(Shape other) {
        return Arrays.compare(fields, other.fields);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && hash == shape.hash && Arrays.equals(fields, shape.fields);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(fields);
    }
}
