package io.peerscope.agent.report;

import java.util.Map;

/** What is known of one subject: this host, or its connection to a peer. */
public record Point(String kind, Map<String, String> labels, Map<String, Double> fields, Map<String, String> states) {
    /** The host itself. */
    public static Point host(Map<String, String> labels, Map<String, Double> fields) {
        return new Point("host", labels, fields, Map.of());
    }

    /** Nothing was measured, or nothing of it is wanted. */
    public boolean isEmpty() {
        return fields.isEmpty() && states.isEmpty();
    }
}
