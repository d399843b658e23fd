package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.rule.Measure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
            return "[%s] %d alerts, %d still firing"
                    .formatted(
                            message.type() == MessageType.REMINDER ? "REMINDER" : "DIGEST",
                            message.alerts().size(),
                            firing);
        }
        Alert alert = message.alerts().getFirst();
        String again = message.type() == MessageType.REMINDER ? "STILL " : "";
        return clean("[%s%s] %s on %s".formatted(again, word(alert), alert.ruleId(), host(alert)));
    }

    /** The whole message as plain text, one paragraph an alert. */
    public static String body(OutboxMessage message, Links links) {
        if (message.type() == MessageType.TEST) {
            return test(message) + "\n";
        }
        String text = message.alerts().stream()
                .map(alert -> paragraph(alert, message.contributors()))
                .collect(Collectors.joining("\n"));
        String linked = links.of(message).map(link -> text + "\n" + link + "\n").orElse(text);
        return links.toAcknowledge(message)
                .map(link -> linked + "Acknowledge: " + link + "\n")
                .orElse(linked);
    }

    public static String test(OutboxMessage message) {
        return "This is a test of channel " + clean(message.channel().id()) + ". Nothing is wrong.";
    }

    /** One alert among many, in one line. */
    public static String line(Alert alert) {
        String summary = clean(alert.summary());
        String name = name(alert);
        return summary.isEmpty() || name.length() + summary.length() > LINE_LIMIT ? name : name + ": " + summary;
    }

    /** Which alert, without what it says. */
    public static String name(Alert alert) {
        return clean("[%s] %s on %s".formatted(word(alert), alert.ruleId(), where(alert)));
    }

    /** What to know of an alert, a line each. */
    public static String paragraph(Alert alert, List<Contributor> contributors) {
        StringBuilder text = new StringBuilder();
        if (!alert.summary().isBlank()) {
            text.append(clean(alert.summary())).append('\n');
        }
        Fact.of(alert, contributors).forEach(fact -> text.append("%-13s".formatted(fact.name()))
                .append(fact.value())
                .append('\n'));
        return text.toString();
    }

    private static String word(Alert alert) {
        return switch (alert.status()) {
            case RESOLVED -> "RESOLVED";
            case NO_DATA -> "NO DATA";
            case FIRING, PENDING ->
                (alert.flapping() ? "FLAPPING, " : "") + alert.severity().word().toUpperCase(Locale.ROOT);
        };
    }

    static String where(Alert alert) {
        Map<String, String> labels = alert.subject().labels();
        if (labels.isEmpty()) {
            return host(alert);
        }
        String named = new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(" "));
        return host(alert) + " (" + alert.subject().kind() + " " + named + ")";
    }

    private static String host(Alert alert) {
        return alert.host().equals(Measure.Group.ANY_HOST) ? "all hosts" : alert.host();
    }

    static String time(Instant at) {
        return TIME.format(at);
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

    /** Without control and direction-changing characters, and not too long. */
    public static String clean(String raw) {
        return cut(UNSEEN.matcher(raw).replaceAll(" ").strip(), LINE_LIMIT);
    }

    /** At most so many characters, the last of which says that there were more. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        boolean halfOfAPair = Character.isHighSurrogate(text.charAt(limit - 2));
        return text.substring(0, halfOfAPair ? limit - 2 : limit - 1) + "…";
    }
}
