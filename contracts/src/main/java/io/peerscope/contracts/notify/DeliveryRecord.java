package io.peerscope.contracts.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message after an attempt; value of {@code notifications.deliveries}, keyed by delivery id.
 *
 * @param cause machine-readable reason of a failed attempt
 * @param nextAttemptAt null when there will be none
 * @param failures of the channel in a row, with this one; 0 where it answered
 * @param fallback the channel that was told instead; null: none
 * @param closed of an address that wants to hear nothing ever again: what tells it from another, without saying it; else
 *     null, and left out
 */
public record DeliveryRecord(
        String id,
        String channelId,
        MessageType type,
        Status status,
        int attempts,
        Instant at,
        @Nullable String cause,
        @Nullable String detail,
        @Nullable Instant nextAttemptAt,
        List<String> alertIds,
        int failures,
        @Nullable String fallback,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String closed) {

    /** So many failures in a row, or one that no repetition mends, and the channel counts as dead. */
    public static final int DEAD_AFTER = 3;

    /** Of an address that is not closed. */
    public DeliveryRecord(
            String id,
            String channelId,
            MessageType type,
            Status status,
            int attempts,
            Instant at,
            @Nullable String cause,
            @Nullable String detail,
            @Nullable Instant nextAttemptAt,
            List<String> alertIds,
            int failures,
            @Nullable String fallback) {
        this(
                id,
                channelId,
                type,
                status,
                attempts,
                at,
                cause,
                detail,
                nextAttemptAt,
                alertIds,
                failures,
                fallback,
                null);
    }

    /**
     * {@code RETRYING} will be tried again, {@code FAILED} will not; {@code DRY_RUN} would have been sent, had the action
     * been meant.
     */
    public enum Status {
        SENT,
        RETRYING,
        FAILED,
        DRY_RUN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Status of(String word) {
            for (Status status : values()) {
                if (status.word().equals(word)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("status must be sent, retrying, failed or dry_run, was " + word);
        }
    }
}
