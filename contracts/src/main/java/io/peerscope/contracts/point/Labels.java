package io.peerscope.contracts.point;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Name-value pairs that tell one subject from another, sorted by name; each name occurs once. Immutable; equality and
 * order of the pairs are canonical, so two senders that list the same labels in another order mean the same subject. A
 * label with an empty value is the same as none and is left out.
 */
public final class Labels implements Comparable<Labels> {
    private static final Labels NONE = new Labels(new String[0]);

    /** name, value, name, value … */
    private final String[] pairs;

    private final int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    public static Labels none() {
        return NONE;
    }

    public static Labels of(Map<String, String> labels) {
        TreeMap<String, String> sorted = new TreeMap<>(labels);
        sorted.values().removeIf(String::isEmpty);
        if (sorted.isEmpty()) {
            return NONE;
        }
        String[] pairs = new String[sorted.size() * 2];
        int at = 0;
        for (Map.Entry<String, String> label : sorted.entrySet()) {
            pairs[at++] = label.getKey();
            pairs[at++] = label.getValue();
        }
        return new Labels(pairs);
    }

    public static Labels of(String name, String value) {
        return value.isEmpty() ? NONE : new Labels(new String[] {name, value});
    }

    /** For decoders: takes ownership of name, value, name, value … and holds them to the canonical form. */
    static Labels sorted(String[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1].isEmpty()) {
                throw new MalformedRecordException("label " + pairs[i] + " without a value");
            }
            if (i > 0 && pairs[i - 2].compareTo(pairs[i]) >= 0) {
                throw new MalformedRecordException("labels out of order or twice: " + pairs[i - 2] + ", " + pairs[i]);
            }
        }
        return pairs.length == 0 ? NONE : new Labels(pairs);
    }

    public int size() {
        return pairs.length / 2;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    public String name(int index) {
        return pairs[2 * index];
    }

    public String value(int index) {
        return pairs[2 * index + 1];
    }

    /** The value under this name, or "" where there is none: an absent label and an empty one are the same. */
    public String get(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    /** Text that differs for different labels: {@code a=1,b=2} with a backslash before comma, equals, bar and backslash. */
    public String canonical() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            if (i > 0) {
                text.append(',');
            }
            escape(pairs[i], text);
            text.append('=');
            escape(pairs[i + 1], text);
        }
        return text.toString();
    }

    static void escape(String raw, StringBuilder into) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == ',' || c == '=' || c == '\\' || c == '|') {
                into.append('\\');
            }
            into.append(c);
        }
    }

    /** By the pairs, one after another. Keeps hash tables quick also where a stranger makes hash codes collide. */
    @Override
    public int compareTo(Labels other) {
        return Arrays.compare(pairs, other.pairs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && hash == labels.hash && Arrays.equals(pairs, labels.pairs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "{" + canonical() + "}";
    }
}
