package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.mesh.Findings;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.point.PointBatch;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Makes of security events what rules can judge, among the points of the host. */
final class FindingProcessor extends ContextualProcessor<String, NetworkEvent, String, PointBatch> {
    @Override
    public void process(Record<String, NetworkEvent> record) {
        Findings.of(record.value()).ifPresent(batch -> context().forward(record.withValue(batch)));
    }
}
