package io.peerscope.aggregate.topology;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
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
            return; // for rules only: it is no word of the host, and no sample
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
}
