package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.mesh.HostMemory;
import io.peerscope.aggregate.mesh.IncidentMemory;
import io.peerscope.aggregate.mesh.OpenTrouble;
import io.peerscope.aggregate.mesh.Outlet;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.point.PointBatch;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The mesh's topics, and one store in which the first letter of a key says what it is about. */
final class MeshOutlet implements Outlet {
    static final char LINK = 'l';
    static final char HOST = 'h';
    static final char INCIDENT = 'i';
    static final char TROUBLE = 't';
    private static final String NETWORK = "network";

    private final ProcessorContext<String, Object> context;
    private final KeyValueStore<String, byte[]> store;

    MeshOutlet(ProcessorContext<String, Object> context, KeyValueStore<String, byte[]> store) {
        this.context = context;
        this.store = store;
    }

    @Override
    public void link(String key, @Nullable LinkLive link) {
        byte[] json = encoded(link);
        keep(LINK, key, json);
        forward(key, json, AggregatorTopology.LINKS_LIVE);
    }

    @Override
    public void presence(String host, @Nullable HostPresence presence) {
        forward(host, encoded(presence), AggregatorTopology.PRESENCE);
    }

    @Override
    public void topology(TopologyLive topology) {
        forward(NETWORK, Json.encode(topology), AggregatorTopology.NETWORK_TOPOLOGY);
    }

    @Override
    public void incident(String id, @Nullable IncidentMemory incident) {
        keep(INCIDENT, id, encoded(incident));
        forward(id, incident == null ? null : Json.encode(incident.shown()), AggregatorTopology.NETWORK_INCIDENTS);
    }

    @Override
    public void conclude(PointBatch derived) {
        context.forward(new Record<>(derived.host(), derived, derived.receivedAt()), AggregatorTopology.CONCLUSIONS);
    }

    @Override
    public void remember(String host, @Nullable HostMemory memory) {
        keep(HOST, host, encoded(memory));
    }

    @Override
    public void trouble(String key, @Nullable OpenTrouble trouble) {
        keep(TROUBLE, key, encoded(trouble));
    }

    private static byte @Nullable [] encoded(@Nullable Object value) {
        return value == null ? null : Json.encode(value);
    }

    private void keep(char what, String key, byte @Nullable [] json) {
        if (json == null) {
            store.delete(what + key);
        } else {
            store.put(what + key, json);
        }
    }

    @SuppressWarnings("NullAway") // null is the tombstone that Streams takes, though it does not say so
    private void forward(String key, byte @Nullable [] json, String sink) {
        context.forward(new Record<>(key, json, context.currentSystemTimeMs()), sink);
    }
}
