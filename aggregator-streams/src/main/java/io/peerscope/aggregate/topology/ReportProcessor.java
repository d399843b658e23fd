package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.mesh.LinkReports;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.point.PointBatch;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends what hosts say of their links, and that they speak at all, to where both ends of a link meet: one record for a
 * host's batch, without everything else that the batch brings. So a second of a large network is a thousand small records,
 * however many links a host has.
 */
final class ReportProcessor extends ContextualProcessor<String, Object, String, PointBatch> {
    /** A host without news of links need not be heard more often. */
    private static final long AGAIN_AFTER = 1_000;

    private final Map<String, Long> sentAt = new HashMap<>();

    @Override
    public void init(ProcessorContext<String, PointBatch> context) {
        super.init(context);
        sentAt.clear();
    }

    @Override
    public void process(Record<String, Object> record) {
        switch (record.value()) {
            case ReceivedBatch received -> report(record, received.batch());
            case NetworkEvent event ->
                LinkReports.of(event).ifPresent(told -> context()
                        .forward(new Record<>(told.key(), told.batch(), record.timestamp())));
            default ->
                throw new IllegalStateException("a report of " + record.value().getClass());
        }
    }

    private void report(Record<String, Object> record, PointBatch batch) {
        PointBatch links = LinkReports.of(batch);
        boolean anyLink = LinkReports.anyLink(links);
        Long last = sentAt.get(record.key());
        if (anyLink || last == null || record.timestamp() - last >= AGAIN_AFTER || record.timestamp() < last) {
            sentAt.put(record.key(), record.timestamp());
            context().forward(new Record<>(record.key(), links, record.timestamp()));
        }
    }
}
