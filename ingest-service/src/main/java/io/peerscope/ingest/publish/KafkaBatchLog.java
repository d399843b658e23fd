package io.peerscope.ingest.publish;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.ingest.intake.BatchLog;
import java.util.concurrent.CompletionStage;

/** {@code metrics.points}: one record a batch, keyed by host, stamped with the time of receipt. */
public final class KafkaBatchLog implements BatchLog {
    private final RecordSender sender;

    public KafkaBatchLog(RecordSender sender) {
        this.sender = sender;
    }

    @Override
    public CompletionStage<Outcome> append(PointBatch batch) {
        return sender.send(
                Topic.METRICS_POINTS, batch.host(), batch.receivedAt(), Records.of(batch, Records.MOST_BYTES));
    }
}
