package io.peerscope.notify.fuzz;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Messages out of bytes: four that say what kind of message it is, eight of the value, and texts with {@code |} between
 * them, which are everything that rules, hosts and people name.
 */
final class Letters {
    private static final int HEAD = 12;
    private static final List<String> METRICS =
            List.of("cpu_usage", "latency_ms", "memory_bytes", "connection_uptime_seconds");

    private final byte[] input;
    private final List<String> texts;

    Letters(byte[] input) {
        this.input = Arrays.copyOf(input, Math.max(HEAD, input.length));
        this.texts = List.of(
                new String(this.input, HEAD, this.input.length - HEAD, StandardCharsets.UTF_8).split("\\|", -1));
    }

    /** As the bytes have it. */
    OutboxMessage message(ChannelType type) {
        return message(type, UnaryOperator.identity());
    }

    /** A message of the same parts, in which no text has anything special about it. */
    OutboxMessage harmless(ChannelType type) {
        return message(type, text -> text.isBlank() ? text : "x");
    }

    private OutboxMessage message(ChannelType type, UnaryOperator<String> words) {
        MessageType kind = MessageType.values()[number(0, MessageType.values().length)];
        int several = number(1, 256) == 255 ? 500 : number(1, 16) < 12 ? 1 : number(1, 16);
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < several; i++) {
            alerts.add(alert(words, i));
        }
        List<Contributor> contributors = number(2, 2) == 0 || several > 1
                ? List.of()
                : List.of(
                        new Contributor("peer", words.apply(text(9)), words.apply(text(10)), value()),
                        new Contributor("map", words.apply(text(11)), "latency_ms", -value()));
        return new OutboxMessage("m-1", channel(type, words), kind, Alerts.T0, alerts, null, contributors);
    }

    private Channel channel(ChannelType type, UnaryOperator<String> words) {
        return Alerts.doing(
                Alerts.as(type, Alerts.webhook("c" + words.apply(text(8)))),
                new Channel.Action(words.apply(text(0)), true, null));
    }

    private Alert alert(UnaryOperator<String> words, int which) {
        AlertStatus status = AlertStatus.values()[number(3, AlertStatus.values().length)];
        boolean known = number(2, 4) < 3;
        Instant over = status == AlertStatus.RESOLVED ? Alerts.T0.plusSeconds(number(1, 200) * 1000L) : null;
        return new Alert(
                "a" + which + cut(words.apply(text(7))), // a hash
                "r" + words.apply(text(0)),
                1,
                "h" + words.apply(text(1)), // the only texts of which ingest and API make sure that there is something
                new AlertSubject(
                        words.apply(text(2)),
                        text(3).isEmpty() ? Map.of() : Map.of(cut(words.apply(text(3))), words.apply(text(4)))),
                number(2, 8) < 4 ? METRICS.get(number(2, METRICS.size())) : words.apply(text(10)),
                status,
                Severity.values()[number(3, 64) % Severity.values().length],
                known ? value() : null,
                known ? value() / 2 : null,
                Alerts.T0,
                Alerts.T0,
                over == null ? Alerts.T0 : over,
                over,
                number(2, 16) < 8 ? null : words.apply(text(6)),
                null,
                null,
                null,
                null,
                words.apply(text(5)),
                Map.of(cut(words.apply(text(4))), words.apply(text(3))),
                number(2, 32) < 16,
                number(2, 64) < 32,
                null);
    }

    /** Names of labels are no longer. */
    private static String cut(String name) {
        return name.substring(0, Math.min(64, name.length()));
    }

    private double value() {
        return ByteBuffer.wrap(input, 4, 8).getDouble();
    }

    private String text(int which) {
        return texts.get(which % texts.size());
    }

    private int number(int at, int below) {
        return (input[at] & 0xff) % below;
    }
}
