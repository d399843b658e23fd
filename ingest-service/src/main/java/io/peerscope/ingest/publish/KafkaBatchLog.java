package io.peerscope.ingest.publish;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.trace.Span;
import io.peerscope.ingest.intake.BatchLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code metrics.points}: one record a batch, keyed by host, stamped with the time of receipt. */
public final class KafkaBatchLog implements BatchLog {
    private static final String SENDING = "send " + Topic.METRICS_POINTS;

    private final RecordSender sender;

    public KafkaBatchLog(RecordSender sender) {
        this.sender = sender;
    }

    @Override
    public CompletionStage<List<Outcome>> append(List<PointBatch> batches, Span span) {
        Records records = new Records(Records.MOST_BYTES);
        List<RecordSender.Keyed> groups = new ArrayList<>(batches.size());
        for (PointBatch batch : batches) {
            groups.add(new RecordSender.Keyed(batch.host(), records.of(batch)));
        }
        long receivedAt = batches.getFirst().receivedAt(); // all are of one request
        Span sending = span.send(SENDING);
        CompletionStage<List<Outcome>> sent = sender.send(Topic.METRICS_POINTS, receivedAt, groups, sending.headers());
        return sending.isTraced() ? sent.whenComplete((outcomes, failure) -> ended(sending, outcomes)) : sent;
    }

    private static void ended(Span sending, @Nullable List<Outcome> outcomes) {
        if (outcomes == null || !outcomes.stream().allMatch(Outcome.Durable.class::isInstance)) {
            sending.failed("Kafka did not confirm it");
        }
        sending.end();
    }
}
