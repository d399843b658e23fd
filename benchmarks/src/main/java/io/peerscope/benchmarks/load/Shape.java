package io.peerscope.benchmarks.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How load is cut: so many connections, each with one request under way; so many points of 20 fields in a request.
 * Written {@code 4x50}.
 */
public record Shape(int connections, int points) {
    public static final int FIELDS = 20;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

    public Shape {
        if (connections < 1 || points < 1) {
            throw new IllegalArgumentException("a shape needs at least one connection and one point");
        }
    }

    /** @throws IllegalArgumentException that says how to write one */
    public static Shape parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a shape is CONNECTIONSxPOINTS such as 4x50, not " + text);
        }
        return new Shape(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    public int samplesPerRequest() {
        return points * FIELDS;
    }

    @Override
    public String toString() {
        return connections + "x" + points;
    }
}
