package io.peerscope.contracts.point;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Text of one record, each word once. Index 0 is always "". */
public final class StringTable {
    private final Map<String, Integer> indexes = HashMap.newHashMap(48);
    private final List<String> strings = new ArrayList<>(48);

    public StringTable() {
        index("");
    }

    public int index(String text) {
        Integer known = indexes.putIfAbsent(text, strings.size());
        if (known != null) {
            return known;
        }
        strings.add(text);
        return strings.size() - 1;
    }

    public List<String> strings() {
        return strings;
    }
}
