package io.peerscope.contracts.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.peerscope.contracts.alert.AlertStatus;

/** What a message says; the {@code type} of a webhook's body. */
public enum MessageType {
    FIRING("alert.firing"),
    SEVERITY_CHANGED("alert.severity_changed"),
    NO_DATA("alert.no_data"),
    RESOLVED("alert.resolved"),
    FLAPPING("alert.flapping"),
    DIGEST("alert.digest"),
    /** Still on, and nobody has acknowledged it. */
    REMINDER("alert.reminder"),
    ACTION("action.requested"),
    TEST("test");

    private final String word;

    MessageType(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** What is said of one alert that is like this. */
    public static MessageType of(AlertStatus status) {
        return switch (status) {
            case PENDING, FIRING -> FIRING;
            case NO_DATA -> NO_DATA;
            case RESOLVED -> RESOLVED;
        };
    }

    @JsonCreator
    public static MessageType of(String word) {
        for (MessageType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown message type " + word);
    }
}
