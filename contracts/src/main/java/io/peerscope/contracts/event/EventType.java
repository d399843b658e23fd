package io.peerscope.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of thing happened on a host. What peer, from and to mean depends on it. */
public enum EventType {
    /** A connection to {@code peer} went from one state to another: words of the catalogue's connection_state. */
    CONNECTION_STATE,
    /** Host {@code to} took over from host {@code from}; {@code detail} says what. */
    FAILOVER,
    /** {@code peer} was found; {@code detail.method} says how. */
    DISCOVERY,
    /** A resource went to or from {@code peer}; {@code to} is the outcome, {@code detail} has duration and size. */
    TRANSFER,
    /** Something suspicious: cheating, an attack, a failed authentication; {@code detail.kind} says which. */
    SECURITY,
    /** The host leaves on purpose: silence from now on is no fault. */
    GOODBYE,
    /** The circuit breaker towards {@code peer} changed: words of the catalogue's circuit_breaker. */
    CIRCUIT_BREAKER,
    /** A message to or from {@code peer}; {@code detail} has type, size and latency. */
    MESSAGE;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static EventType of(String word) {
        for (EventType type : values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("type must be one of " + words() + ", was " + word);
    }

    public static String words() {
        StringBuilder words = new StringBuilder();
        for (EventType type : values()) {
            words.append(words.isEmpty() ? "" : ", ").append(type.word());
        }
        return words.toString();
    }
}
