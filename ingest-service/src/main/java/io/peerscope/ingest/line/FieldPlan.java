package io.peerscope.ingest.line;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.ingest.admission.FieldNames;
import io.peerscope.ingest.foreign.Kinds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the fields of a line looked, in their order, and what becomes of each. A line whose fields look the same byte by
 * byte needs no names of its own.
 */
final class FieldPlan {
    /** What is measured of one kind of thing; mostly the only one. Numbers are places in the line's fields. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Group(String kind, FieldNames names, int[] numbers, List<String> states, int[] texts) {}

    private final byte[][] keys;
    private final boolean[] texts;
    private final List<Group> groups;

    private FieldPlan(byte[][] keys, boolean[] texts, List<Group> groups) {
        this.keys = keys;
        this.texts = texts;
        this.groups = groups;
    }

    /** Builds up a group while the fields are gone through. */
    private static final class Open {
        private final List<String> names = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final List<String> states = new ArrayList<>();
        private final List<Integer> texts = new ArrayList<>();

        private Group close(String kind) {
            return new Group(
                    kind, FieldNames.of(names.toArray(String[]::new)), ints(numbers), List.copyOf(states), ints(texts));
        }

        private static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    static FieldPlan of(Series series, List<byte[]> keys, List<Boolean> texts, Naming naming, Kinds kinds)
            throws BadLineException {
        Map<String, Open> groups = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            byte[] raw = keys.get(i);
            String key = Words.unescaped(raw, 0, raw.length - 1, ",= ");
            Head.checkNotReserved(key);
            if (texts.get(i)) {
                String state = naming.state(series.measurement(), key);
                if (Grammar.isName(state)) {
                    Open group = groups.computeIfAbsent(kinds.ofState(series.origin(), state), kind -> new Open());
                    group.states.add(state);
                    group.texts.add(i);
                }
            } else {
                String name = naming.field(series.measurement(), key);
                Open group = groups.computeIfAbsent(kinds.of(series.origin(), name), kind -> new Open());
                group.names.add(name);
                group.numbers.add(i);
            }
        }
        List<Group> closed = new ArrayList<>(groups.size());
        groups.forEach((kind, group) -> closed.add(group.close(kind)));
        boolean[] text = new boolean[texts.size()];
        for (int i = 0; i < text.length; i++) {
            text[i] = texts.get(i);
        }
        return new FieldPlan(keys.toArray(byte[][]::new), text, List.copyOf(closed));
    }

    /** Bytes of heap, about. */
    int weight() {
        int weight = 100;
        for (byte[] key : keys) {
            weight += 150 + 3 * key.length;
        }
        return weight;
    }

    int size() {
        return keys.length;
    }

    /** As it stands in the line, with the equals sign. */
    byte[] key(int field) {
        return keys[field];
    }

    boolean isText(int field) {
        return texts[field];
    }

    /** Number of fields that are texts. */
    int texts() {
        int count = 0;
        for (boolean text : texts) {
            count += text ? 1 : 0;
        }
        return count;
    }

    List<Group> groups() {
        return groups;
    }

    /** Whether the numbers of the line are those of the only group, in the same order. */
    boolean isPlain() {
        return groups.size() == 1 && groups.getFirst().numbers().length == keys.length;
    }

    /** Whether lines that look like one of them look like the other, and mean the same. */
    boolean isSame(FieldPlan other) {
        if (!Arrays.deepEquals(keys, other.keys)
                || !Arrays.equals(texts, other.texts)
                || groups.size() != other.groups.size()) {
            return false;
        }
        for (int i = 0; i < groups.size(); i++) {
            Group mine = groups.get(i);
            Group others = other.groups.get(i);
            if (!mine.kind().equals(others.kind())
                    || !mine.names().equals(others.names())
                    || !mine.states().equals(others.states())) {
                return false;
            }
        }
        return true;
    }

    /** Equal for the same plans. */
    int fingerprint() {
        int hash = Arrays.deepHashCode(keys);
        for (Group group : groups) {
            hash = hash * 31 + group.names().hashCode();
            hash = hash * 31 + group.kind().hashCode();
        }
        return hash;
    }
}
