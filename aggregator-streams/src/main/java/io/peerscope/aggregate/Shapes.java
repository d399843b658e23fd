package io.peerscope.aggregate;

import io.peerscope.contracts.point.Shape;
import java.util.Arrays;

/** The fields of two shapes together. */
public final class Shapes {
    private Shapes() {}

    /** @return {@code a} itself where it already has every field of {@code b} */
    public static Shape union(Shape a, Shape b) {
        String[] merged = new String[a.size() + b.size()];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            int order = i == a.size() ? 1 : j == b.size() ? -1 : a.field(i).compareTo(b.field(j));
            merged[size++] = order <= 0 ? a.field(i) : b.field(j);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return size == a.size() ? a : Shape.sorted(Arrays.copyOf(merged, size));
    }
}
