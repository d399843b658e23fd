package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.MessageType;
import java.util.ArrayList;
import java.util.List;

/** The alerts that one message names, no more than have room in it. */
final class MessageBatch {
    /** A message names at most so many alerts, so that it stays one; the next follows when there is room. */
    static final int ALERTS = 500;
    /** A text message has room for so many names. */
    private static final int SMS_ALERTS = 10;
    /** Nor is it longer than this, about half of what a Kafka record may be by default. */
    static final int BYTES = 500_000;

    private final Channel channel;
    private final List<Alert> alerts = new ArrayList<>();
    private MessageType type = MessageType.DIGEST;
    private int entries;
    private int bytes;

    MessageBatch(Channel channel) {
        this.channel = channel;
    }

    boolean isEmpty() {
        return alerts.isEmpty();
    }

    boolean takes(List<Alert> more) {
        return alerts.size() + more.size() <= (channel.type() == ChannelType.SMS ? SMS_ALERTS : ALERTS)
                && bytes + Json.encode(more).length <= BYTES;
    }

    /** @param alone the type of the message where nothing else is added */
    void add(MessageType alone, List<Alert> more) {
        entries++;
        type = entries == 1 || channel.type() == ChannelType.ACTION ? alone : MessageType.DIGEST;
        alerts.addAll(more);
        bytes += Json.encode(more).length;
    }

    MessageBatch as(MessageType other) {
        type = other;
        return this;
    }

    Verdict.Send toSend() {
        return new Verdict.Send(type, List.copyOf(alerts));
    }
}
