package io.peerscope.contracts.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One transition of one alert: a CloudEvents 1.0 JSON envelope, the value of {@code alerts.events}.
 *
 * @param id {@code <alert id>/<sequence>}: the same again when the transition is replayed
 * @param type {@code io.peerscope.alert.<transition>}
 * @param subject the alert's id
 * @param time event time of the transition
 * @param sequence position of the transition in the alert's life, from 1; consumers ignore lower ones
 * @param reason why, where the transition alone does not say it: {@code rule_removed}, {@code rule_changed},
 *     {@code by_hand} …
 */
public record AlertEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        @JsonProperty("datacontenttype") String dataContentType,
        long sequence,
        @Nullable String reason,
        Alert data) {

    private static final String TYPE_PREFIX = "io.peerscope.alert.";

    public static AlertEvent of(AlertTransition transition, Alert alert, long sequence, @Nullable String reason) {
        return new AlertEvent(
                "1.0",
                alert.id() + "/" + sequence,
                "/peerscope/alert-service",
                TYPE_PREFIX + transition.word(),
                alert.id(),
                alert.updatedAt(),
                "application/json",
                sequence,
                reason,
                alert);
    }

    /** @throws IllegalArgumentException if the type is none of ours */
    public AlertTransition transition() {
        if (!type.startsWith(TYPE_PREFIX)) {
            throw new IllegalArgumentException("unknown event type " + type);
        }
        return AlertTransition.of(type.substring(TYPE_PREFIX.length()));
    }
}
