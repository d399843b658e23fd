package io.peerscope.aggregate.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.aggregate.live.LiveHostCodec;
import io.peerscope.aggregate.mesh.Findings;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.point.PointBatch;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Makes of security events what rules can judge, among the points of the host. */
final class FindingProcessor extends ContextualProcessor<String, NetworkEvent, String, PointBatch> {
    private final LiveHostCodec codec;
    private final Findings findings = new Findings();
    private @Nullable KeyValueStore<String, byte[]> hosts;

    FindingProcessor(Supplier<LiveConfig> config) {
        this.codec = new LiveHostCodec(config);
    }

    @Override
    public void init(ProcessorContext<String, PointBatch> context) {
        super.init(context);
        hosts = context.getStateStore(HostProcessor.HOSTS);
    }

    @Override
    public void process(Record<String, NetworkEvent> record) {
        findings.of(record.value(), () -> isSimulated(record.value().host()))
                .ifPresent(batch -> context().forward(record.withValue(batch)));
    }

    /** Events do not say it, their hosts' samples do. */
    private boolean isSimulated(String host) {
        byte[] known = requireNonNull(hosts).get(host);
        return known != null && codec.decode(known).simulated();
    }
}
