package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import java.time.Duration;
import java.time.Instant;

/**
 * An alert that begins or changes, and may become a message.
 *
 * @param told what the channel knows of it before
 * @param waitingSince since when it, or the first of its group, waits; now where nothing does
 */
record Candidate(Situation situation, Told told, Alert alert, Instant waitingSince) {

    Channel channel() {
        return situation.channel();
    }

    SendWindow window() {
        return situation.window();
    }

    boolean isAction() {
        return channel().type() == ChannelType.ACTION;
    }

    boolean isCritical() {
        return alert.severity() == Severity.CRITICAL;
    }

    /** Whether it is worse than the channel's readers take it to be. */
    boolean worsens() {
        if (told.said() == null && told.inDigest()) {
            return alert.severity().compareTo(told.alert().severity()) > 0;
        }
        return (told.said() != null || isCooling()) && told.compare(alert) > 0;
    }

    boolean isCooling() {
        return told.cooling(channel(), situation.now());
    }

    boolean hasWaited(int seconds) {
        // A time in the future is that of a clock that was wrong; it must not stretch the wait.
        return Duration.between(waitingSince, situation.now()).abs().compareTo(Duration.ofSeconds(seconds)) >= 0;
    }
}
