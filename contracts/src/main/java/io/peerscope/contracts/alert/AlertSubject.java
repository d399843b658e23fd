package io.peerscope.contracts.alert;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;
import java.util.Map;

/** What an alert is about, on its host. */
public record AlertSubject(String kind, Map<String, String> labels) {

    public static AlertSubject of(Subject subject) {
        return new AlertSubject(subject.kind(), subject.labels().asMap());
    }

    public Subject on(String host) {
        return new Subject(host, kind, Labels.of(labels));
    }
}
