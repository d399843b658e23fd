package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.OutboxMessage;
import java.util.Comparator;

/** How bad a message is, as a colour. The word stands beside it, for who does not see colours. */
public enum Tone {
    CRITICAL(0xD1242F),
    HIGH(0xE16F24),
    WARNING(0xD4A72C),
    INFO(0x0969DA),
    GOOD(0x1A7F37);

    private final int rgb;

    Tone(int rgb) {
        this.rgb = rgb;
    }

    public int rgb() {
        return rgb;
    }

    /** As CSS writes it. */
    public String hex() {
        return "#%06x".formatted(rgb);
    }

    /** That of the worst alert that is not over. */
    public static Tone of(OutboxMessage message) {
        if (message.alerts().isEmpty()) {
            return INFO;
        }
        return message.alerts().stream()
                .filter(alert -> alert.status() != AlertStatus.RESOLVED)
                .map(Alert::severity)
                .max(Comparator.naturalOrder())
                .map(Tone::of)
                .orElse(GOOD);
    }

    private static Tone of(Severity severity) {
        return switch (severity) {
            case CRITICAL -> CRITICAL;
            case HIGH -> HIGH;
            case WARNING -> WARNING;
            case INFO -> INFO;
        };
    }
}
