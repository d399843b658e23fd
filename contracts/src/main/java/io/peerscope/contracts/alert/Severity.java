package io.peerscope.contracts.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad it is, mildest first: {@code info < warning < high < critical}. */
public enum Severity {
    INFO,
    WARNING,
    HIGH,
    CRITICAL;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the words that exist */
    @JsonCreator
    public static Severity of(String word) {
        for (Severity severity : values()) {
            if (severity.word().equals(word)) {
                return severity;
            }
        }
        throw new IllegalArgumentException("severity must be info, warning, high or critical, was " + word);
    }

    public boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
