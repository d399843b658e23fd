package io.peerscope.query.control;

import com.fasterxml.jackson.annotation.JsonValue;
import io.peerscope.contracts.silence.Recurrence;
import io.peerscope.contracts.silence.Silence;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A silence and what is the case with it at the moment. */
public record ShownSilence(
        String id,
        Status status,
        Map<String, String> matchers,
        Instant from,
        Instant to,
        @Nullable Recurrence recurring,
        String comment,
        String createdBy,
        Instant createdAt) {

    public enum Status {
        /** It will hold, for the first time or again. */
        PENDING,
        ACTIVE,
        /** It will not hold again. */
        EXPIRED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static ShownSilence of(Silence silence, Instant now) {
        return new ShownSilence(
                silence.id(),
                silence.holds(now) ? Status.ACTIVE : silence.over(now) ? Status.EXPIRED : Status.PENDING,
                silence.matchers(),
                silence.from(),
                silence.to(),
                silence.recurring(),
                silence.comment(),
                silence.createdBy(),
                silence.createdAt());
    }
}
