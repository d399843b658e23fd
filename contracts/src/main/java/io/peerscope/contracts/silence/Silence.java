package io.peerscope.contracts.silence;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertMatchers;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nobody is told of the beginning of the alerts that it covers while it holds; value of {@code alerts.silences}.
 *
 * @param matchers as in {@link AlertMatchers}; at least one
 * @param to exclusive
 * @param recurring null: once
 */
public record Silence(
        String id,
        Map<String, String> matchers,
        Instant from,
        Instant to,
        @Nullable Recurrence recurring,
        String comment,
        String createdBy,
        Instant createdAt) {

    public boolean holds(Instant at) {
        return recurring == null ? !at.isBefore(from) && at.isBefore(to) : recurring.covers(from, to, at);
    }

    public boolean covers(Alert alert) {
        return AlertMatchers.accept(matchers, alert);
    }

    /** Whether it will never hold again. */
    public boolean over(Instant at) {
        if (recurring == null) {
            return !at.isBefore(to);
        }
        return recurring.until() != null && !at.isBefore(recurring.until());
    }
}
