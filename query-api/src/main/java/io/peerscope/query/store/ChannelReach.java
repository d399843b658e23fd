package io.peerscope.query.store;

import com.fasterxml.jackson.annotation.JsonValue;
import io.peerscope.contracts.notify.DeliveryRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether messages reach a channel, as far as the last attempt tells.
 *
 * @param failures in a row
 * @param cause why the last attempt failed, or reached not all; null where it did not
 * @param nextAttemptAt null: with the next message
 * @param fallback the channel that was told instead
 */
public record ChannelReach(
        State state,
        Instant lastAttemptAt,
        @Nullable Instant lastSentAt,
        int failures,
        @Nullable String cause,
        @Nullable String detail,
        @Nullable Instant nextAttemptAt,
        @Nullable String fallback) {
    /** No repetition mends these. */
    private static final Set<String> FINAL =
            Set.of("auth", "client_error", "gone", "address_forbidden", "not_configured", "unsupported");
    /** These say nothing of whether it can be reached; what failed before them does. */
    private static final Set<String> BLAMELESS = Set.of("network_unhealthy", "channel_disabled", "channel_removed");

    /** A dead channel is tried again, seldom; its fallback is told meanwhile. */
    public enum State {
        OK,
        /** Some of its recipients are refused; the others are told. */
        PARTIAL,
        FAILING,
        DEAD;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ChannelReach of(DeliveryRecord last, @Nullable Instant lastSentAt) {
        return new ChannelReach(
                state(last),
                last.at(),
                lastSentAt,
                last.failures(),
                last.cause(),
                last.detail(),
                last.nextAttemptAt(),
                last.fallback());
    }

    private static State state(DeliveryRecord last) {
        String cause = last.cause();
        if (cause == null || BLAMELESS.contains(cause) && last.failures() == 0) {
            return State.OK;
        }
        if (last.status() == DeliveryRecord.Status.SENT) {
            return State.PARTIAL;
        }
        return last.failures() >= DeliveryRecord.DEAD_AFTER || FINAL.contains(cause) ? State.DEAD : State.FAILING;
    }
}
