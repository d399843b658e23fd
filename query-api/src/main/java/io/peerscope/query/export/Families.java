package io.peerscope.query.export;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Families by their names. */
final class Families {
    private final Map<String, Family> families = new TreeMap<>();

    /** A name has one type: that under which it was first asked for. */
    Family of(String name, Family.Type type, String help) {
        return families.computeIfAbsent(name, n -> new Family(n, type, help));
    }

    List<Family> all() {
        return List.copyOf(families.values());
    }
}
