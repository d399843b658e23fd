package io.peerscope.query.rest;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.secret.ChannelSecrets;

/** Messages that somebody asked for; no policy may hold them back. */
public final class Outbox {
    private final RecordWriter writer;
    private final ChannelSecrets secrets;

    public Outbox(RecordWriter writer, ChannelSecrets secrets) {
        this.writer = writer;
        this.secrets = secrets;
    }

    /** @return the id under which its delivery will be found */
    String send(OutboxMessage message) {
        OutboxMessage sealed = message.to(secrets.seal(message.channel()));
        writer.write(Topic.NOTIFICATIONS_OUTBOX, sealed.channel().id(), Json.encode(sealed));
        return message.id();
    }
}
