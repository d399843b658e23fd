package io.peerscope.contracts.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a message says; the {@code type} of a webhook's body. */
public enum MessageType {
    FIRING("alert.firing"),
    SEVERITY_CHANGED("alert.severity_changed"),
    NO_DATA("alert.no_data"),
    RESOLVED("alert.resolved"),
    DIGEST("alert.digest"),
    TEST("test");

    private final String word;

    MessageType(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
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
