package io.peerscope.query.rest;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordWriter;

/** Messages that somebody asked for; no policy may hold them back. */
public final class Outbox {
    private final RecordWriter writer;

    public Outbox(RecordWriter writer) {
        this.writer = writer;
    }

    /** @return the id under which its delivery will be found */
    String send(OutboxMessage message) {
        writer.write(Topic.NOTIFICATIONS_OUTBOX, message.channel().id(), Json.encode(message));
        return message.id();
    }
}
