package io.peerscope.testkit.ailment;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import java.util.HashMap;
import java.util.Map;

/** A subject that remembers what it sent, as counters do. Not thread-safe. */
public final class Patient {
    private final Subject subject;
    private final Map<String, Double> fields = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();

    public Patient(Subject subject) {
        this.subject = subject;
    }

    /** @param at epoch milliseconds */
    public Point sends(Report report, long at) {
        report.addTo(fields, states);
        return Point.of(subject, at, fields, states);
    }
}
