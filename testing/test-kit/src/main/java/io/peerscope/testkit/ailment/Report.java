package io.peerscope.testkit.ailment;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a subject sends each time.
 *
 * @param parts {@code name=5} for a value, {@code name+5} for a counter that grows by so much each time, {@code name:word}
 */
public record Report(List<String> parts) {

    /** @param text parts with spaces between */
    public static Report of(String text) {
        return new Report(Stream.of(text.strip().split(" +")).toList());
    }

    void addTo(Map<String, Double> fields, Map<String, String> states) {
        for (String part : parts) {
            String name = part.split("[=+:]", 2)[0];
            String said = part.substring(name.length() + 1);
            switch (part.charAt(name.length())) {
                case '=' -> fields.put(name, Double.valueOf(said));
                case '+' -> fields.merge(name, Double.valueOf(said), Double::sum);
                default -> states.put(name, said);
            }
        }
    }
}
