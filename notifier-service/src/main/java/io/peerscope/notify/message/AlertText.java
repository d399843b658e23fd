package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A message in words: what, where, since when, how bad, and for an end how long it lasted. Control characters are taken
 * out, because host names and labels come from strangers and end up in mail headers.
 */
public final class AlertText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LINE_LIMIT = 200;
    /** Control characters, ends of lines of all kinds, and what changes the direction of writing. */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    private AlertText() {}

    /** One line, for a mail's subject or a chat. */
    public static String headline(OutboxMessage message) {
        if (message.type() == MessageType.TEST) {
            return "[TEST] Peerscope can reach you here";
        }
        if (message.alerts().size() != 1) {
            long firing = message.alerts().stream()
                    .filter(alert -> alert.status() != AlertStatus.RESOLVED)
                    .count();
            return "[DIGEST] %d alerts, %d still firing"
                    .formatted(message.alerts().size(), firing);
        }
        Alert alert = message.alerts().getFirst();
        String word =
                switch (alert.status()) {
                    case RESOLVED -> "RESOLVED";
                    case NO_DATA -> "NO DATA";
                    case FIRING, PENDING -> alert.severity().word().toUpperCase(Locale.ROOT);
                };
        return clean("[%s] %s on %s".formatted(word, alert.ruleId(), alert.host()));
    }

    /** The whole message as plain text, one paragraph an alert. */
    public static String body(OutboxMessage message) {
        if (message.type() == MessageType.TEST) {
            return "This is a test of channel " + clean(message.channel().id()) + ". Nothing is wrong.\n";
        }
        return message.alerts().stream().map(AlertText::paragraph).collect(Collectors.joining("\n"));
    }

    static String paragraph(Alert alert) {
        StringBuilder text = new StringBuilder();
        if (!alert.summary().isBlank()) {
            line(text, clean(alert.summary()));
        }
        line(text, "Status    " + status(alert));
        line(text, "Where     " + clean(alert.host() + " " + place(alert)));
        if (alert.value() != null && alert.threshold() != null) {
            line(
                    text,
                    "Value     %s %s, limit %s"
                            .formatted(clean(alert.metric()), number(alert.value()), number(alert.threshold())));
        }
        line(text, "Since     " + TIME.format(alert.startedAt()));
        if (alert.resolvedAt() != null) {
            line(
                    text,
                    "Until     " + TIME.format(alert.resolvedAt()) + ", lasted "
                            + lasted(alert.startedAt(), alert.resolvedAt()));
        }
        line(text, "Rule      " + clean(alert.ruleId()) + " (version " + alert.ruleVersion() + ")");
        if (alert.simulated()) {
            line(text, "Simulated data");
        }
        return text.toString();
    }

    private static String status(Alert alert) {
        return alert.status().word() + ", " + alert.severity().word();
    }

    private static String place(Alert alert) {
        Map<String, String> labels = alert.subject().labels();
        return labels.isEmpty() && alert.subject().kind().equals("host")
                ? ""
                : alert.subject().kind() + " " + labels;
    }

    /** As people say it: {@code 1 h 5 min}, {@code 42 s}. */
    static String lasted(Instant from, Instant until) {
        Duration duration = Duration.between(from, until);
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toSeconds() + " s";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    /** Without control and direction-changing characters, and not too long. */
    public static String clean(String raw) {
        String visible = UNSEEN.matcher(raw).replaceAll(" ").strip();
        if (visible.length() <= LINE_LIMIT) {
            return visible;
        }
        boolean halfOfAPair = Character.isHighSurrogate(visible.charAt(LINE_LIMIT - 1));
        return visible.substring(0, halfOfAPair ? LINE_LIMIT - 1 : LINE_LIMIT) + "…";
    }
}
