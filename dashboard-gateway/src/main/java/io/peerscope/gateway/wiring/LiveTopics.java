package io.peerscope.gateway.wiring;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.gateway.live.AlertLog;
import io.peerscope.gateway.live.LiveView;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Brings the live topics into the view and the alert log. */
final class LiveTopics implements AutoCloseable {
    private final LiveView view;
    private final AlertLog alerts;
    private final Runnable urgent;
    private final RecordLoop state;
    private final RecordLoop events;

    /** @param urgent called after what nobody should have to wait for: alerts and the totals of each second */
    LiveTopics(KafkaClients clients, LiveView view, AlertLog alerts, Runnable urgent) {
        this.view = view;
        this.alerts = alerts;
        this.urgent = urgent;
        this.state = new RecordLoop(
                clients,
                "gateway-live",
                List.of(Topic.NETWORK_LIVE, Topic.HOSTS_LIVE, Topic.ALERTS_ACTIVE),
                RecordLoop.From.BEGINNING,
                this::state);
        this.events = new RecordLoop(
                clients, "gateway-alert-events", List.of(Topic.ALERTS_EVENTS), RecordLoop.From.END, this::event);
    }

    void start() {
        state.start();
        events.start();
    }

    List<Condition> conditions() {
        return List.of(state.condition(), events.condition());
    }

    private void state(ConsumerRecord<String, byte[]> row) {
        byte[] value = row.value();
        if (row.topic().equals(Topic.HOSTS_LIVE.topicName())) {
            view.host(row.key(), value == null ? null : Json.decode(value, HostLive.class));
        } else if (row.topic().equals(Topic.ALERTS_ACTIVE.topicName())) {
            view.alert(row.key(), value == null ? null : Json.decode(value, Alert.class));
        } else if (value != null) {
            view.network(Json.decode(value, NetworkLive.class));
            urgent.run();
        }
    }

    private void event(ConsumerRecord<String, byte[]> row) {
        if (row.value() != null) {
            alerts.append(Json.decode(row.value(), AlertEvent.class));
            urgent.run();
        }
    }

    @Override
    public void close() {
        state.close();
        events.close();
    }
}
