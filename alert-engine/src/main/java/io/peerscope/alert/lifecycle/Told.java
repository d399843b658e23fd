package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Finding;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What the world has been told of an episode. It may lag behind the state: what happened too long ago is not told.
 *
 * @param status null: nothing at all
 * @param fired whether the one FIRING event of the episode was told
 * @param value the value that was told with it; null: none was known
 * @param silencedBy the silence that was said to cover it; null: none
 * @param finding what was seen and expected then, of a rule that detects
 */
public record Told(
        @Nullable AlertStatus status,
        @Nullable Severity severity,
        boolean fired,
        @Nullable Double value,
        @Nullable String silencedBy,
        @Nullable Finding finding) {
    static final Told NOTHING = new Told(null, null, false, null, null, null);

    Told silenced(@Nullable String by) {
        return new Told(status, severity, fired, value, by, finding);
    }

    /** Whether it has yet to be told that the alert is on. */
    boolean begins() {
        return status == null || status == AlertStatus.PENDING;
    }

    boolean nothing() {
        return status == null;
    }
}
