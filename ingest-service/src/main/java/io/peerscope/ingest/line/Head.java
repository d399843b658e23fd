package io.peerscope.ingest.line;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands before a line's fields: {@code measurement[,tag=value…]}.
 *
 * @param tags name, value, name, value …
 */
record Head(String measurement, List<String> tags) {
    /** Far above what admission lets through; a body of nothing but tags would otherwise take many times its size. */
    private static final int MOST_TAGS = 128;

    private static final String IN_MEASUREMENT = ", ";
    private static final String IN_KEY = ",= ";

    static Head parse(byte[] bytes, int from, int to) throws BadLineException {
        int at = Words.until(bytes, from, to, ',', ',');
        String measurement = Words.unescaped(bytes, from, at, IN_MEASUREMENT);
        if (measurement.isEmpty()) {
            throw new BadLineException("missing measurement");
        }
        checkNotReserved(measurement);
        List<String> tags = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (at < to) {
            int key = at + 1;
            int equals = Words.until(bytes, key, to, '=', ',');
            if (equals == key) {
                throw new BadLineException("missing tag key");
            }
            if (equals == to || bytes[equals] != '=' || equals + 1 == to || bytes[equals + 1] == ',') {
                throw new BadLineException("missing tag value");
            }
            at = Words.until(bytes, equals + 1, to, ',', '=');
            if (at < to && bytes[at] == '=') {
                throw new BadLineException("a tag with two values; write \\= for an equals sign");
            }
            String name = Words.unescaped(bytes, key, equals, IN_KEY);
            checkNotReserved(name);
            if (seen.size() == MOST_TAGS) {
                throw new BadLineException("more than " + MOST_TAGS + " tags");
            }
            if (!seen.add(name)) {
                throw new BadLineException("duplicate tags");
            }
            tags.add(name);
            tags.add(Words.unescaped(bytes, equals + 1, at, IN_KEY));
        }
        return new Head(measurement, List.copyOf(tags));
    }

    static void checkNotReserved(String name) throws BadLineException {
        if (name.startsWith("_")) {
            throw new BadLineException("names that begin with an underscore are reserved");
        }
    }
}
