package io.peerscope.query.network;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links, presence, the graph and incidents as the aggregator showed them last. */
public final class NetworkTables implements AutoCloseable {
    private static final String NETWORK = "network";

    private final CompactedTable<LinkLive> links;
    private final CompactedTable<HostPresence> presences;
    private final CompactedTable<TopologyLive> topology;
    private final CompactedTable<IncidentLive> incidents;

    public NetworkTables(KafkaClients clients) {
        this.links = table(clients, "query-api-links", Topic.LINKS_LIVE, LinkLive.class);
        this.presences = table(clients, "query-api-presence", Topic.HOSTS_PRESENCE, HostPresence.class);
        this.topology = table(clients, "query-api-topology", Topic.NETWORK_TOPOLOGY, TopologyLive.class);
        this.incidents = table(clients, "query-api-incidents", Topic.NETWORK_INCIDENTS, IncidentLive.class);
    }

    private static <V> CompactedTable<V> table(KafkaClients clients, String clientId, Topic topic, Class<V> type) {
        return new CompactedTable<>(clients, clientId, topic, bytes -> Json.decode(bytes, type), (key, value) -> {});
    }

    public void start() {
        links.start();
        presences.start();
        topology.start();
        incidents.start();
    }

    public Collection<LinkLive> links() {
        return links.view().values();
    }

    /** In either order. */
    public Optional<LinkLive> link(String one, String other) {
        return links.get(LinkLive.key(one, other));
    }

    public Map<String, HostPresence> presences() {
        return presences.view();
    }

    public Optional<TopologyLive> topology() {
        return topology.get(NETWORK);
    }

    public Collection<IncidentLive> incidents() {
        return incidents.view().values();
    }

    public Optional<IncidentLive> incident(String id) {
        return incidents.get(id);
    }

    public List<Condition> conditions() {
        return List.of(links.condition(), presences.condition(), topology.condition(), incidents.condition());
    }

    @Override
    public void close() {
        links.close();
        presences.close();
        topology.close();
        incidents.close();
    }
}
