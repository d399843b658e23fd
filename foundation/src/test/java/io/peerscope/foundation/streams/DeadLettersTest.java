package io.peerscope.foundation.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real broker, because the test driver has neither transactions nor dead letters. */
@ExtendWith(SharedBroker.class)
class DeadLettersTest {

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
