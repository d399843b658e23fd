package io.peerscope.foundation.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.SharedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real broker, because the test driver has neither transactions nor dead letters. */
@ExtendWith(SharedBroker.class)
class DeadLettersTest {
    /** Who takes over from a thread that died waits until its session is over; brokers allow no shorter one. */
    private static final Map<String, Object> QUICK =
            Map.of(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);

    @Test
    void what_cannot_be_read_goes_to_the_dead_letters_and_the_rest_goes_on(KafkaClients clients) {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RecordWriter writer = new RecordWriter(clients, "test-events");
                RecordLoop reader = new RecordLoop(
                                clients,
                                "test-reader",
                                List.of(Topic.ALERTS_EVENTS_DLQ, Topic.NETWORK_EVENTS),
                                RecordLoop.From.BEGINNING,
                                row -> seen.add(row.topic() + ":" + new String(row.value(), StandardCharsets.UTF_8)))
                        .start();
                HostedStreams streams = HostedStreams.start(
                        Application.NOTIFIER, copy(), clients.config(), Topic.ALERTS_EVENTS_DLQ, Map.of())) {
            writer.write(Topic.ALERTS_EVENTS, "k", "garbage".getBytes(StandardCharsets.UTF_8));
            writer.write(Topic.ALERTS_EVENTS, "k", "fine".getBytes(StandardCharsets.UTF_8));

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(seen)
                    .containsExactlyInAnyOrder("alerts.events.dlq:garbage", "network.events:fine"));
        }
    }

    /** Neither it nor what the store would keep of it; the others of the same transaction are written. */
    @Test
    void an_output_that_is_too_large_is_given_up_and_the_rest_goes_on(KafkaClients clients) {
        List<String> seen = new CopyOnWriteArrayList<>();
        List<String> letters = new CopyOnWriteArrayList<>();
        try (RecordWriter writer = new RecordWriter(clients, "test-commands");
                RecordLoop reader = new RecordLoop(
                                clients,
                                "test-large-reader",
                                List.of(Topic.NETWORK_REPORTS),
                                RecordLoop.From.BEGINNING,
                                row -> {
                                    // other tests write to the same broker
                                    if (Set.of("k", "small").contains(row.key())) {
                                        seen.add(row.key() + row.value().length);
                                    }
                                })
                        .start();
                RecordLoop dead = new RecordLoop(
                                clients,
                                "test-large-letters",
                                List.of(Topic.NETWORK_EVENTS_DLQ),
                                RecordLoop.From.BEGINNING,
                                row -> letters.add(header(row, "topic") + header(row, "message")))
                        .start();
                HostedStreams streams = HostedStreams.start(
                        Application.AGGREGATOR, swell(), clients.config(), Topic.NETWORK_EVENTS_DLQ, Map.of())) {
            writer.write(Topic.ALERTS_COMMANDS, "k", new byte[] {1});
            writer.write(Topic.ALERTS_COMMANDS, "k", new byte[] {20});
            writer.write(Topic.ALERTS_COMMANDS, "k", new byte[] {2});

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(seen)
                    .containsExactly("k100000", "small1", "small1", "k200000", "small1"));
            assertThat(letters).singleElement().satisfies(letter -> assertThat(letter)
                    .startsWith("alerts.commands")
                    .contains("a record of 2000001 bytes for network.reports"));
            assertThat(streams.condition())
                    .isInstanceOfSatisfying(Condition.Degraded.class, degraded -> assertThat(degraded.why())
                            .contains("gave up 2 outputs"));
        }
    }

    private static String header(ConsumerRecord<String, byte[]> row, String name) {
        return new String(row.headers().lastHeader("__streams.errors." + name).value(), StandardCharsets.UTF_8);
    }

    /** A store that cannot be written is no fault of the record, which would be lost if it was passed over. */
    @Test
    void a_record_that_met_a_broken_store_is_processed_again(KafkaClients clients) {
        AtomicInteger failures = new AtomicInteger();
        List<String> seen = new CopyOnWriteArrayList<>();
        Topology topology = new Topology()
                .addSource(
                        "in",
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        Topic.NOTIFICATIONS_HELD.topicName())
                .addProcessor("fail", () -> new Unlucky(failures, seen), "in");
        try (RecordWriter writer = new RecordWriter(clients, "test-held");
                HostedStreams streams = HostedStreams.start(
                        Application.ALERT, topology, clients.config(), Topic.INGEST_RECEIPTS_DLQ, QUICK)) {
            writer.write(Topic.NOTIFICATIONS_HELD, "k", new byte[] {1});
            await().atMost(Duration.ofSeconds(60)).until(() -> seen.contains("k"));
            assertThat(streams.condition()).isInstanceOfSatisfying(Condition.Down.class, down -> assertThat(down.why())
                    .contains("no space is left on the disk of its state"));
        }
    }

    private record Unlucky(AtomicInteger failures, List<String> seen)
            implements Processor<String, byte[], String, byte[]> {
        @Override
        public void process(Record<String, byte[]> row) {
            if (failures.incrementAndGet() == 1) {
                throw new ProcessorStateException("Error while putting", new IOException("No space left on device"));
            }
            seen.add(row.key());
        }
    }

    /** As many times a hundred thousand bytes as the record says, to the store and out; and one byte after it. */
    private static Topology swell() {
        return new Topology()
                .addSource(
                        "in", new StringDeserializer(), new ByteArrayDeserializer(), Topic.ALERTS_COMMANDS.topicName())
                .addProcessor("swell", Swelling::new, "in")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore("swollen"), Serdes.String(), Serdes.ByteArray()),
                        "swell")
                .addSink(
                        "out",
                        Topic.NETWORK_REPORTS.topicName(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        "swell");
    }

    @SuppressWarnings("NullAway.Init")
    private static final class Swelling implements Processor<String, byte[], String, byte[]> {
        private ProcessorContext<String, byte[]> context;
        private KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<String, byte[]> context) {
            this.context = context;
            this.store = context.getStateStore("swollen");
        }

        @Override
        public void process(Record<String, byte[]> row) {
            byte[] large = new byte[row.value()[0] * 100_000];
            store.put(row.key(), large);
            context.forward(row.withValue(large));
            context.forward(row.withKey("small").withValue(new byte[1]));
        }
    }

    private static Topology copy() {
        Deserializer<String> picky = (topic, bytes) -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.equals("garbage")) {
                throw new MalformedRecordException("garbage");
            }
            return text;
        };
        return new Topology()
                .addSource("in", new StringDeserializer(), picky, Topic.ALERTS_EVENTS.topicName())
                .addSink("out", Topic.NETWORK_EVENTS.topicName(), new StringSerializer(), new StringSerializer(), "in");
    }
}
