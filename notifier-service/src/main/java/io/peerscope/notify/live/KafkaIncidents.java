package io.peerscope.notify.live;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.notify.policy.Incidents;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code network.incidents}, by the links that they are about. */
public final class KafkaIncidents implements Incidents, AutoCloseable {
    private final CompactedTable<IncidentLive> table;
    private final Map<String, List<IncidentLive>> byLink = new ConcurrentHashMap<>();
    /** Of the reading thread. */
    private final Map<String, IncidentLive> known = new HashMap<>();

    private KafkaIncidents(KafkaClients clients) {
        this.table = new CompactedTable<>(
                clients,
                "notifier-incidents-reader",
                Topic.NETWORK_INCIDENTS,
                bytes -> Json.decode(bytes, IncidentLive.class),
                this::changed);
    }

    /** Returns when all have been read: what is part of one must not be told by itself because we have just begun. */
    public static KafkaIncidents start(KafkaClients clients) throws InterruptedException {
        KafkaIncidents incidents = new KafkaIncidents(clients);
        incidents.table.readAll();
        return incidents;
    }

    private void changed(String id, @Nullable IncidentLive incident) {
        IncidentLive before = incident == null ? known.remove(id) : known.put(id, incident);
        if (before != null) {
            before.ways().forEach(link -> byLink.computeIfPresent(link, (l, all) -> without(id, all)));
        }
        if (incident != null) {
            incident.ways().forEach(link -> byLink.merge(link, List.of(incident), KafkaIncidents::both));
        }
    }

    private static @Nullable List<IncidentLive> without(String id, List<IncidentLive> all) {
        List<IncidentLive> left =
                all.stream().filter(each -> !each.id().equals(id)).toList();
        return left.isEmpty() ? null : left;
    }

    private static List<IncidentLive> both(List<IncidentLive> some, List<IncidentLive> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    public Condition condition() {
        return table.condition();
    }

    @Override
    public Collection<IncidentLive> of(String link) {
        return byLink.getOrDefault(link, List.of());
    }

    @Override
    public void close() {
        table.close();
    }
}
