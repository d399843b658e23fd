package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertSubject;
import java.util.Optional;
import java.util.Set;

/**
 * What links fail of.
 *
 * @param cause as of an incident: {@code host}, {@code relay}, {@code region}
 * @param name which one
 */
record Trouble(String cause, String name) {
    private static final String HOST = "host";

    /** States of a host in which none of its links can be good; of one that is only mute they may be. */
    private static final Set<String> OUT_OF_REACH = Set.of("down", "isolated", "unreachable");

    static Trouble ofHost(String host) {
        return new Trouble(HOST, host);
    }

    /** What an alert tells of; empty where it is about something else. */
    static Optional<Trouble> toldBy(Alert alert) {
        AlertSubject subject = alert.subject();
        String cause = subject.labels().getOrDefault("cause", "");
        String name = subject.labels().getOrDefault("name", "");
        return switch (subject.kind()) {
            case "presence" ->
                OUT_OF_REACH.contains(subject.labels().getOrDefault("state", ""))
                        ? Optional.of(ofHost(alert.host()))
                        : Optional.empty();
            case "incident" -> Optional.of(new Trouble(cause, name));
            default -> Optional.empty();
        };
    }
}
