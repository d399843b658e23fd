package io.peerscope.foundation.streams;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a topology. A record that is too large is refused before Kafka's producer sees it: that one would abort
 * the transaction, whatever the handler of the error says, and the input would be processed and fail for ever.
 */
final class BoundedClients implements KafkaClientSupplier {
    /** For what Kafka adds to a record and to its batch; compression can make a record larger, too. */
    private static final int MARGIN = 48 << 10;

    private static final int LARGEST_REQUEST = 1 << 20;

    private final Consumer<String> refused;

    /** @param refused is told of each record that was refused */
    BoundedClients(Consumer<String> refused) {
        this.refused = refused;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new BoundedProducer(config, refused);
    }

    @Override
    public KafkaConsumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public KafkaConsumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }

    @Override
    public KafkaConsumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }

    private static final class BoundedProducer extends KafkaProducer<byte[], byte[]> {
        private final long largest;
        private final Consumer<String> refused;

        BoundedProducer(Map<String, Object> config, Consumer<String> refused) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
            Object request = config.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
            this.largest = Long.parseLong(request.toString()) - MARGIN;
            this.refused = refused;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> row, Callback callback) {
            long bytes = size(row);
            if (bytes <= largest) {
                return super.send(row, callback);
            }
            String why = "a record of %d bytes for %s is larger than %d".formatted(bytes, row.topic(), largest);
            refused.accept(why);
            RecordTooLargeException failure = new RecordTooLargeException(why);
            callback.onCompletion(null, failure);
            return CompletableFuture.failedFuture(failure);
        }

        private static long size(ProducerRecord<byte[], byte[]> row) {
            long bytes = length(row.key()) + length(row.value());
            for (Header header : row.headers()) {
                bytes += header.key().length() + length(header.value());
            }
            return bytes;
        }

        private static long length(byte @Nullable [] bytes) {
            return bytes == null ? 0 : bytes.length;
        }
    }
}
