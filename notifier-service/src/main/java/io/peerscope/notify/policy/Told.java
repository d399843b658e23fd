package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel knows of one alert key.
 *
 * @param alert as it is now
 * @param sentAt when a firing of this key was last sent here; null: never
 * @param sentSeverity the worst severity said then
 */
public record Told(
        Alert alert,
        Stage stage,
        @Nullable Instant sentAt,
        @Nullable Severity sentSeverity) {

    /** What is still owed to the channel's readers. */
    public enum Stage {
        /** They know that it fires: its end must be told. */
        SENT,
        /** It fires, and is told when the cooldown is over. */
        HELD,
        /** It is named, as it then is, in the next digest. */
        IN_DIGEST,
        /** They know of it and of its end; remembered for the cooldown only. */
        OVER
    }

    Told now(Alert current, Stage stage) {
        return new Told(current, stage, sentAt, sentSeverity);
    }

    Told sent(Alert current, Instant at) {
        return new Told(current, Stage.SENT, at, current.severity());
    }
}
