package io.peerscope.aggregate.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.aggregate.mesh.HostMemory;
import io.peerscope.aggregate.mesh.IncidentMemory;
import io.peerscope.aggregate.mesh.LinkReports;
import io.peerscope.aggregate.mesh.Mesh;
import io.peerscope.aggregate.mesh.OpenTrouble;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.point.PointBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the {@link Mesh} with reports and ticks. All heap state is made from the store when the task is taken up, also
 * after an aborted transaction.
 */
final class MeshProcessor extends ContextualProcessor<String, PointBatch, String, Object> {
    static final String MESH = "mesh";
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Supplier<LiveConfig> config;
    private @Nullable Mesh mesh;

    MeshProcessor(Supplier<LiveConfig> config) {
        this.config = config;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        mesh = null;
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> mesh().tick(now));
    }

    @Override
    public void process(Record<String, PointBatch> record) {
        long now = context().currentSystemTimeMs();
        PointBatch batch = record.value();
        switch (LinkReports.read(record.key())) {
            case REPORT -> mesh().report(batch, now);
            case EVENT -> mesh().event(batch, now);
            case GOODBYE -> mesh().goodbye(batch.host(), batch.receivedAt());
        }
    }

    private Mesh mesh() {
        Mesh known = mesh;
        if (known != null) {
            return known;
        }
        KeyValueStore<String, byte[]> store = requireNonNull(context().getStateStore(MESH));
        Mesh fresh = new Mesh(config, new MeshOutlet(context(), store));
        List<LinkLive> links = new ArrayList<>();
        List<HostMemory> hosts = new ArrayList<>();
        List<IncidentMemory> incidents = new ArrayList<>();
        List<OpenTrouble> troubles = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, byte[]> row = rows.next();
                switch (row.key.charAt(0)) {
                    case MeshOutlet.LINK -> links.add(Json.decode(row.value, LinkLive.class));
                    case MeshOutlet.HOST -> hosts.add(Json.decode(row.value, HostMemory.class));
                    case MeshOutlet.INCIDENT -> incidents.add(Json.decode(row.value, IncidentMemory.class));
                    case MeshOutlet.TROUBLE -> troubles.add(Json.decode(row.value, OpenTrouble.class));
                    default -> throw new IllegalStateException("the mesh remembers " + row.key);
                }
            }
        }
        fresh.restore(links, hosts, incidents, troubles);
        mesh = fresh;
        return fresh;
    }
}
