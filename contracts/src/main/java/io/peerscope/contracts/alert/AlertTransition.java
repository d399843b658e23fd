package io.peerscope.contracts.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What happened to an alert; the last word of the CloudEvents type {@code io.peerscope.alert.<word>}. */
public enum AlertTransition {
    PENDING,
    FIRING,
    SEVERITY_CHANGED,
    NO_DATA,
    ACKNOWLEDGED,
    UNACKNOWLEDGED,
    ASSIGNED,
    /** Only the notes changed. */
    NOTED,
    /** A silence covers it now, or another one than before. */
    SILENCED,
    UNSILENCED,
    /** It has begun too often lately; until it is steady, people are not told of each time. */
    FLAPPING,
    /** It flaps no more; it stays as it says. */
    STEADY,
    RESOLVED,
    /** It was resolved by hand too early: it still is what it was. */
    REOPENED,
    /** A pending alert whose condition ended before its duration was over. Nobody was told of it. */
    DROPPED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static AlertTransition of(String word) {
        for (AlertTransition transition : values()) {
            if (transition.word().equals(word)) {
                return transition;
            }
        }
        throw new IllegalArgumentException("unknown alert transition " + word);
    }
}
