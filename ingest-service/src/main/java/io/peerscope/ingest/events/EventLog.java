package io.peerscope.ingest.events;

import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.ingest.intake.BatchLog;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Port to what makes events durable. */
@FunctionalInterface
public interface EventLog {
    /** Never blocks, never throws, and always completes: within a few seconds also when Kafka is away. */
    CompletionStage<BatchLog.Outcome> append(List<NetworkEvent> events);
}
