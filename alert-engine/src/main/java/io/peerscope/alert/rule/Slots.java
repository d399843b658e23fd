package io.peerscope.alert.rule;

import java.util.HashMap;
import java.util.Map;

/**
 * Numbers for the fields of one kind that rules ever looked at. A number is never given up while the process lives, so
 * that arrays indexed by it stay valid over rule changes.
 */
public final class Slots {
    private final Map<String, Integer> numbers = new HashMap<>();

    public int of(String metric) {
        return numbers.computeIfAbsent(metric, name -> numbers.size());
    }

    public int size() {
        return numbers.size();
    }

    public Map<String, Integer> numbers() {
        return Map.copyOf(numbers);
    }
}
