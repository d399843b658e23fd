package io.peerscope.ingest.publish;

import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.ingest.events.EventLog;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code network.events}: one record an event, as JSON, keyed by host and stamped with the time of receipt. */
public final class KafkaEventLog implements EventLog {
    private final RecordSender sender;

    public KafkaEventLog(RecordSender sender) {
        this.sender = sender;
    }

    @Override
    public CompletionStage<Outcome> append(List<NetworkEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedStage(new Outcome.Durable());
        }
        NetworkEvent any = events.getFirst(); // all are of one request, so of one host
        return sender.send(
                Topic.NETWORK_EVENTS,
                any.host(),
                any.receivedAt().toEpochMilli(),
                events.stream().map(Json::encode).toList());
    }
}
