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
    /** So many alerts at most, since with more of them a message was refused; 0: as many as have room. */
    private int among;

    private int entries;
    private int bytes;

    MessageBatch(Channel channel) {
        this.channel = channel;
    }

    boolean isEmpty() {
        return alerts.isEmpty();
    }

    /**
     * What may be to blame for a refusal keeps company only with its like.
     *
     * @param alone the type of the message where nothing else is added
     * @return whether there was room, as there is for whatever comes first
     */
    boolean takes(MessageType alone, Told told, List<Alert> more) {
        int size = Json.encode(more).length;
        if (!isEmpty() && !fits(told, more, size)) {
            return false;
        }
        among = isEmpty() ? told.among() : Math.min(among, told.among());
        entries++;
        type = entries == 1 || channel.type() == ChannelType.ACTION ? alone : MessageType.DIGEST;
        alerts.addAll(more);
        bytes += size;
        return true;
    }

    private boolean fits(Told told, List<Alert> more, int size) {
        if ((among == 0) != (told.among() == 0)) {
            return false;
        }
        int most = among == 0 ? channel.type() == ChannelType.SMS ? SMS_ALERTS : ALERTS : Math.min(among, told.among());
        return alerts.size() + more.size() <= most && bytes + size <= BYTES;
    }

    MessageBatch as(MessageType other) {
        type = other;
        return this;
    }

    Verdict.Send toSend() {
        return new Verdict.Send(type, List.copyOf(alerts));
    }
}
