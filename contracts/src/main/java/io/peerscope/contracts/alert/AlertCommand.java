package io.peerscope.contracts.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks of an alert; a record of {@code alerts.commands}, keyed by the alert's host.
 *
 * @param alertKey {@link Alert#key()}
 * @param notes what is noted of it; null leaves it as it is, an empty text takes it away
 * @param assignee who is to look at it; null leaves it as it is, an empty text means nobody any more
 */
public record AlertCommand(
        Action action,
        String alertKey,
        String alertId,
        String by,
        Instant at,
        @Nullable String notes,
        @Nullable String assignee) {

    /** {@code OPEN} takes an acknowledgement back; {@code ASSIGN} only changes assignee and notes. */
    public enum Action {
        ACKNOWLEDGE,
        RESOLVE,
        OPEN,
        ASSIGN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Action of(String word) {
            for (Action action : values()) {
                if (action.word().equals(word)) {
                    return action;
                }
            }
            throw new IllegalArgumentException("action must be acknowledge, resolve, open or assign, was " + word);
        }
    }
}
