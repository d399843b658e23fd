package io.peerscope.query.materialize;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.HeldRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.store.AlertHistory;
import io.peerscope.query.store.NetworkEvents;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic of JSON documents, each of which is put over what is known of the same thing. */
final class JsonSink<T> implements Sink<T, List<T>> {
    private final Topic topic;
    private final Class<T> type;
    private final Put<T> put;

    @FunctionalInterface
    interface Put<T> {
        void put(Connection connection, List<T> documents) throws SQLException;
    }

    private JsonSink(Topic topic, Class<T> type, Put<T> put) {
        this.topic = topic;
        this.type = type;
        this.put = put;
    }

    static JsonSink<AlertEvent> alertEvents() {
        return new JsonSink<>(Topic.ALERTS_EVENTS, AlertEvent.class, AlertHistory::putEvents);
    }

    static JsonSink<NetworkEvent> networkEvents() {
        return new JsonSink<>(Topic.NETWORK_EVENTS, NetworkEvent.class, NetworkEvents::put);
    }

    static JsonSink<DeliveryRecord> deliveries() {
        return new JsonSink<>(Topic.NOTIFICATIONS_DELIVERIES, DeliveryRecord.class, AlertHistory::putDeliveries);
    }

    static JsonSink<HeldRecord> held() {
        return new JsonSink<>(Topic.NOTIFICATIONS_HELD, HeldRecord.class, AlertHistory::putHeld);
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public T read(ConsumerRecord<String, byte[]> row) {
        return Json.decode(row.value(), type);
    }

    @Override
    public List<T> prepare(Connection connection, List<Delivered<T>> batch) {
        return batch.stream().map(Delivered::content).toList();
    }

    @Override
    public void insert(Connection connection, List<T> rows) throws SQLException {
        put.put(connection, rows);
    }

    @Override
    public boolean merge(Connection connection, List<T> rows) throws SQLException {
        put.put(connection, rows);
        return false;
    }
}
