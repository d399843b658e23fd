package io.peerscope.notify.action;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** {@code network.live}, which has the totals of each second. */
public final class KafkaNetworkCondition implements NetworkCondition, AutoCloseable {
    /** What is older says nothing of now. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final CompactedTable<NetworkLive> table;

    private KafkaNetworkCondition(KafkaClients clients) {
        this.table = new CompactedTable<>(
                clients,
                "notifier-network-reader",
                Topic.NETWORK_LIVE,
                bytes -> Json.decode(bytes, NetworkLive.class),
                (key, totals) -> {});
    }

    /** Returns when the last totals have been read: an action must not be refused because we have just begun. */
    public static KafkaNetworkCondition start(KafkaClients clients) throws InterruptedException {
        KafkaNetworkCondition condition = new KafkaNetworkCondition(clients);
        condition.table.readAll();
        return condition;
    }

    public Condition condition() {
        return table.condition();
    }

    @Override
    public OptionalDouble health(Instant now) {
        return table.view().values().stream()
                .filter(totals -> Duration.between(totals.asOf(), now).compareTo(FRESH) < 0)
                .filter(totals -> totals.networkHealth() != null)
                .mapToDouble(totals -> totals.networkHealth() == null ? 0 : totals.networkHealth())
                .findFirst();
    }

    @Override
    public void close() {
        table.close();
    }
}
