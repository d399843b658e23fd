package io.peerscope.aggregate.topology;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Holds records to what ingest promises, before anything is touched: what breaks the promise goes to the dead letters
 * whole. It was not ingest who wrote it.
 */
final class Admission extends ContextualProcessor<String, ReceivedBatch, String, ReceivedBatch> {
    /** Ingest allows 1 s. A window further ahead would stay open until its time comes. */
    private static final long AHEAD_MILLIS = 60_000;

    @Override
    public void process(Record<String, ReceivedBatch> record) {
        PointBatch batch = record.value().batch();
        if (batch.isDerived()) {
            rolledUp(record, batch);
            return; // it is no word of the host, and no sample
        }
        if (!batch.host().equals(record.key())) {
            throw new MalformedRecordException("a batch of " + batch.host() + " under the key " + record.key());
        }
        for (Point point : batch.points()) {
            if (point.timestamp() > record.timestamp() + AHEAD_MILLIS) {
                throw new MalformedRecordException("a point at " + point.timestamp() + " in a record of "
                        + record.timestamp() + ", " + point.subject());
            }
        }
        context().forward(record);
    }

    /** How links were is asked for later; the rest of what is concluded is for rules only. */
    private void rolledUp(Record<String, ReceivedBatch> record, PointBatch batch) {
        List<Point> kept = batch.points().stream()
                .filter(point -> Subject.ROLLED_UP_WITHOUT_SAMPLES.contains(
                        point.subject().kind()))
                .toList();
        if (!kept.isEmpty()) {
            PointBatch links = PointBatch.derived(batch.host(), batch.receivedAt(), batch.simulated(), kept);
            context()
                    .forward(
                            record.withValue(new ReceivedBatch(links, PointBatchCodec.encode(links))),
                            AggregatorTopology.WINDOWS);
        }
    }
}
