package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.network.NetworkTotals;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Contracts' codecs as Kafka wants them. What cannot be read throws, which sends it to the dead letters. */
final class Wire {
    private Wire() {}

    static Deserializer<ReceivedBatch> points() {
        return (topic, bytes) -> {
            byte[] encoded = present(topic, bytes);
            return new ReceivedBatch(PointBatchCodec.decode(encoded), encoded);
        };
    }

    static Deserializer<PointBatch> batch() {
        return (topic, bytes) -> PointBatchCodec.decode(present(topic, bytes));
    }

    static Serializer<PointBatch> batches() {
        return (topic, batch) -> PointBatchCodec.encode(batch);
    }

    static Deserializer<NetworkEvent> events() {
        return (topic, bytes) -> Json.decode(present(topic, bytes), NetworkEvent.class);
    }

    /** What is encoded already. Null makes a tombstone. */
    static Serializer<byte[]> bytes() {
        return new ByteArraySerializer();
    }

    static Deserializer<NetworkTotals> totals() {
        return (topic, bytes) -> Json.decode(present(topic, bytes), NetworkTotals.class);
    }

    static Serializer<RollupBatch> rollups() {
        return (topic, batch) -> RollupBatchCodec.encode(batch);
    }

    /** Null makes a tombstone. */
    static <T> Serializer<T> json() {
        return new Serializer<>() {
            @Override
            @SuppressWarnings("NullAway") // Kafka's own serializers answer null with null
            public byte[] serialize(String topic, @Nullable T value) {
                return value == null ? null : Json.encode(value);
            }
        };
    }

    private static byte[] present(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new MalformedRecordException("a record of " + topic + " without a value");
        }
        return bytes;
    }
}
