package io.peerscope.contracts.point;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers things from 0 in the order in which they first come. Most records have few, which are found without a hash. */
final class Numbering<T> {
    private static final int FEW = 12;
    private static final int NONE = -1;

    private final List<T> things = new ArrayList<>(FEW);
    /** Of all things, once they are no longer few. */
    private Map<T, Integer> numbers = Map.of();

    void reset() {
        things.clear();
        numbers = Map.of();
    }

    int of(T thing) {
        int last = things.size() - 1; // mostly the same again, and often the only one
        if (last >= 0 && things.get(last) == thing) {
            return last;
        }
        int known = numbers.isEmpty() ? things.indexOf(thing) : numbers.getOrDefault(thing, NONE);
        return known == NONE ? add(thing) : known;
    }

    private int add(T thing) {
        int number = things.size();
        things.add(thing);
        if (number > FEW) {
            numbers.put(thing, number);
        } else if (number == FEW) {
            numbers = new HashMap<>();
            for (int i = 0; i <= number; i++) {
                numbers.put(things.get(i), i);
            }
        }
        return number;
    }

    List<T> inOrder() {
        return Collections.unmodifiableList(things);
    }
}
