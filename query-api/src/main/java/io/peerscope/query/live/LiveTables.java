package io.peerscope.query.live;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.notify.message.HostsNow;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Hosts, the network's totals and the open alerts as last heard, and the alerts that closed lately. */
public final class LiveTables implements AutoCloseable, HostsNow {
    private static final String NETWORK = "network";
    private static final int REMEMBERED_CHANGES = 2_000;

    private final CompactedTable<HostLive> hosts;
    private final CompactedTable<NetworkLive> network;
    private final CompactedTable<Alert> alerts;
    private final RecordLoop transitions;
    private final Object changed = new Object();

    /** Alerts by id as their last transition showed them; guarded by {@code changed}. */
    private final LinkedHashMap<String, Alert> lately = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Alert> eldest) {
            return size() > REMEMBERED_CHANGES;
        }
    };

    public LiveTables(KafkaClients clients) {
        this.hosts = new CompactedTable<>(
                clients,
                "query-api-hosts",
                Topic.HOSTS_LIVE,
                bytes -> Json.decode(bytes, HostLive.class),
                (host, live) -> {});
        this.network = new CompactedTable<>(
                clients,
                "query-api-network",
                Topic.NETWORK_LIVE,
                bytes -> Json.decode(bytes, NetworkLive.class),
                (key, live) -> wake());
        this.alerts = new CompactedTable<>(
                clients,
                "query-api-alerts",
                Topic.ALERTS_ACTIVE,
                bytes -> Json.decode(bytes, Alert.class),
                (key, alert) -> wake());
        this.transitions = new RecordLoop(
                clients, "query-api-transitions", List.of(Topic.ALERTS_EVENTS), RecordLoop.From.END, row -> {
                    if (row.value() != null) {
                        remember(Json.decode(row.value(), AlertEvent.class).data());
                    }
                });
    }

    public void start() {
        hosts.start();
        network.start();
        alerts.start();
        transitions.start();
    }

    public Map<String, HostLive> hosts() {
        return hosts.view();
    }

    @Override
    public Optional<HostLive> host(String name) {
        return hosts.get(name);
    }

    @Override
    public void each(Consumer<HostLive> reader) {
        hosts.view().values().forEach(reader);
    }

    public Optional<NetworkLive> network() {
        return network.get(NETWORK);
    }

    public Collection<Alert> openAlerts() {
        return alerts.view().values();
    }

    /** The alert as it is now, if it is open or closed while we looked. */
    public Optional<Alert> alert(String id) {
        @Nullable Alert late;
        synchronized (changed) {
            late = lately.get(id);
        }
        Optional<Alert> open =
                openAlerts().stream().filter(alert -> alert.id().equals(id)).findFirst();
        if (late == null) {
            return open;
        }
        // the two topics are read by different threads
        return open.filter(alert -> alert.updatedAt().isAfter(late.updatedAt())).or(() -> Optional.of(late));
    }

    /** Hosts with a firing alert of warning or worse. */
    public Set<String> troubledHosts() {
        Set<String> troubled = new HashSet<>();
        for (Alert alert : openAlerts()) {
            if (alert.status() == AlertStatus.FIRING && alert.severity().atLeast(Severity.WARNING)) {
                troubled.add(alert.host());
            }
        }
        return troubled;
    }

    /** Waits until something that an alert or the network's totals say makes it true. */
    public boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (changed) {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                changed.wait(left);
            }
            return true;
        }
    }

    public boolean awaitHosts(Map<TopicPartition, Long> offsets, Duration patience) throws InterruptedException {
        return hosts.awaitPositions(offsets, patience);
    }

    public boolean awaitAlerts(Map<TopicPartition, Long> offsets, Duration patience) throws InterruptedException {
        return alerts.awaitPositions(offsets, patience);
    }

    public List<Condition> conditions() {
        return List.of(hosts.condition(), network.condition(), alerts.condition(), transitions.condition());
    }

    private void remember(Alert alert) {
        synchronized (changed) {
            lately.remove(alert.id());
            lately.put(alert.id(), alert);
            changed.notifyAll();
        }
    }

    private void wake() {
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    @Override
    public void close() {
        hosts.close();
        network.close();
        alerts.close();
        transitions.close();
    }
}
