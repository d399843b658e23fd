package io.peerscope.contracts.point;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Name-value pairs that tell one subject from another, sorted by name; each name occurs once. Immutable; equality and
 * order of the pairs are canonical, so two senders that list the same labels in another order mean the same subject.
 */
public final class Labels {
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
        if (labels.isEmpty()) {
            return NONE;
        }
        String[] pairs = new String[labels.size() * 2];
        int at = 0;
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            pairs[at++] = label.getKey();
            pairs[at++] = label.getValue();
        }
        return new Labels(pairs);
    }

    public static Labels of(String name, String value) {
        return new Labels(new String[] {name, value});
    }

    /** For decoders: takes ownership of pairs that are already sorted by name without repetition. */
    static Labels sorted(String[] pairs) {
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

    /** One line that differs for different labels: {@code a=1,b=2} with backslash before comma, equals and backslash. */
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
