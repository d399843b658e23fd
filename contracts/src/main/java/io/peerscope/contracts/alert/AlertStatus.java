package io.peerscope.contracts.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an alert is in its life. Acknowledged is not a status: it says who cares, not what is the case. */
public enum AlertStatus {
    PENDING,
    FIRING,
    NO_DATA,
    RESOLVED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static AlertStatus of(String word) {
        for (AlertStatus status : values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException("status must be pending, firing, no_data or resolved, was " + word);
    }
}
