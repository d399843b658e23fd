package io.peerscope.ingest.publish;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.ingest.intake.BatchLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code metrics.points}: one record a batch, keyed by host, stamped with the time of receipt. */
public final class KafkaBatchLog implements BatchLog {
    private final RecordSender sender;

    public KafkaBatchLog(RecordSender sender) {
        this.sender = sender;
    }

    @Override
    public CompletionStage<List<Outcome>> append(List<PointBatch> batches) {
        Records records = new Records(Records.MOST_BYTES);
        List<RecordSender.Keyed> groups = new ArrayList<>(batches.size());
        for (PointBatch batch : batches) {
            groups.add(new RecordSender.Keyed(batch.host(), records.of(batch)));
        }
        long receivedAt = batches.getFirst().receivedAt(); // all are of one request
        return sender.send(Topic.METRICS_POINTS, receivedAt, groups);
    }
}
