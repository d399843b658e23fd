package io.peerscope.alert.lifecycle;

import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What the world has been told of an episode. It may lag behind the state: what happened too long ago is not told.
 *
 * @param status null: nothing at all
 * @param fired whether the one FIRING event of the episode was told
 */
public record Told(@Nullable AlertStatus status, @Nullable Severity severity, boolean fired) {
    static final Told NOTHING = new Told(null, null, false);

    boolean nothing() {
        return status == null;
    }
}
