package io.peerscope.ingest.publish;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import io.peerscope.ingest.intake.ReceiptLog;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code ingest.receipts}: one small JSON record each, keyed by host. */
public final class KafkaReceiptLog implements ReceiptLog {
    private final RecordSender sender;

    public KafkaReceiptLog(RecordSender sender) {
        this.sender = sender;
    }

    @Override
    public CompletionStage<Outcome> append(ReceiptRecord receipt) {
        return sender.send(
                Topic.INGEST_RECEIPTS,
                receipt.host(),
                receipt.receivedAt().toEpochMilli(),
                List.of(Json.encode(receipt)));
    }
}
