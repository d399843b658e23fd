package io.peerscope.notify.topology;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.HeldRecord;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.outbox.KafkaReturns;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.policy.Incidents;
import io.peerscope.notify.policy.Undelivered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTopologyTest {
    @TempDir
    Path stateDir;

    private static final Inhibition HOST_DOWN =
            new Inhibition("host_down", Map.of("rule_id", "host_silent"), Map.of("host", "*"), List.of("host"));

    private final List<Held> held = new ArrayList<>();
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> events;
    private TestInputTopic<String, byte[]> channels;
    private TestInputTopic<String, byte[]> inhibitions;
    private TestOutputTopic<String, OutboxMessage> outbox;
    private TestOutputTopic<String, HeldRecord> heldBack;

    @BeforeEach
    void open() {
        KafkaConfig config = KafkaConfig.local("127.0.0.1:1", stateDir);
        Properties settings = HostedStreams.settings(Application.NOTIFIER, config, Topic.ALERTS_EVENTS_DLQ);
        driver = new TopologyTestDriver(
                new NotifierTopology(held::add, NotifierTopologyTest::largest, Incidents.none(), Tracer.off()).get(),
                settings,
                T0);
        events = driver.createInputTopic(
                Topic.ALERTS_EVENTS.topicName(), new StringSerializer(), new ByteArraySerializer(), T0, Duration.ZERO);
        channels = driver.createInputTopic(
                Topic.NOTIFICATIONS_CHANNELS.topicName(),
                new StringSerializer(),
                new ByteArraySerializer(),
                T0,
                Duration.ZERO);
        inhibitions = driver.createInputTopic(
                Topic.NOTIFICATIONS_INHIBITIONS.topicName(),
                new StringSerializer(),
                new ByteArraySerializer(),
                T0,
                Duration.ZERO);
        heldBack = driver.createOutputTopic(
                Topic.NOTIFICATIONS_HELD.topicName(),
                new StringDeserializer(),
                JsonSerde.of(HeldRecord.class).deserializer());
        outbox = driver.createOutputTopic(
                Topic.NOTIFICATIONS_OUTBOX.topicName(),
                new StringDeserializer(),
                JsonSerde.of(OutboxMessage.class).deserializer());
    }

    @Test
    void a_cause_holds_what_follows_in_every_partition_and_the_reason_is_written_down() {
        put(webhook("ops"));
        inhibitions.pipeInput("host_down", Json.encode(HOST_DOWN));
        send(cause(AlertTransition.FIRING, AlertStatus.FIRING, 1));
        send(firing("h1", WARNING));
        assertThat(outbox.readValuesToList()).hasSize(1);
        assertThat(heldBack.readValuesToList()).singleElement().satisfies(record -> {
            assertThat(record.reason()).isEqualTo("inhibited");
            assertThat(record.channelId()).isEqualTo("ops");
            assertThat(record.alertId()).isEqualTo(firing("h1", WARNING).subject());
        });

        send(cause(AlertTransition.RESOLVED, AlertStatus.RESOLVED, 2));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(outbox.readValuesToList())
                .extracting(OutboxMessage::type)
                .containsExactly(MessageType.RESOLVED, MessageType.FIRING);
        assertThat(driver.getKeyValueStore(NotifierTopology.CAUSES_STORE).all()).isExhausted();
    }

    @Test
    void an_inhibition_that_is_removed_removes_no_channel() {
        put(webhook("ops"));
        Inhibition named =
                new Inhibition("ops", HOST_DOWN.sourceMatchers(), HOST_DOWN.targetMatchers(), List.of("host"));
        inhibitions.pipeInput("ops", Json.encode(named));
        inhibitions.pipeInput("ops", null);
        send(cause(AlertTransition.FIRING, AlertStatus.FIRING, 1));
        send(firing("h1", WARNING));
        assertThat(outbox.readValuesToList()).hasSize(2);
    }

    @Test
    void what_came_back_undelivered_is_told_again_when_the_channel_is_on_again() {
        put(webhook("ops"));
        send(firing("h1", WARNING));
        OutboxMessage message = outbox.readValue();
        put(Alerts.enabled(webhook("ops"), false));
        giveBack(new Undelivered(message.alerts(), Set.of()));
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        assertThat(outbox.isEmpty()).isTrue();

        put(webhook("ops"));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(outbox.readValue()).satisfies(again -> {
            assertThat(again.type()).isEqualTo(MessageType.FIRING);
            assertThat(again.id()).isNotEqualTo(message.id());
        });
    }

    @Test
    void what_was_refused_is_told_again_when_the_channel_was_edited_or_a_test_got_through() {
        put(webhook("ops"));
        send(firing("h1", WARNING));
        List<Runnable> menders =
                List.of(() -> put(Alerts.cooling(webhook("ops"), 1)), () -> giveBack(Undelivered.nothing()));
        for (Runnable mender : menders) {
            giveBack(Undelivered.refused(outbox.readValue().alerts(), Set.of(), false));
            driver.advanceWallClockTime(Duration.ofSeconds(30));
            assertThat(outbox.isEmpty()).isTrue();
            mender.run();
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
        assertThat(outbox.readValue().type()).isEqualTo(MessageType.FIRING);
    }

    private void giveBack(Undelivered message) {
        TestInputTopic<String, byte[]> routed = driver.createInputTopic(
                Topic.NOTIFICATIONS_ROUTED.topicName(), new StringSerializer(), new ByteArraySerializer());
        RecordHeaders headers = new RecordHeaders();
        headers.add(KafkaReturns.HEADER, new byte[0]);
        routed.pipeInput(new TestRecord<>("ops", Json.encode(message), headers, T0));
    }

    private static AlertEvent cause(AlertTransition transition, AlertStatus status, long sequence) {
        Instant end = status == AlertStatus.RESOLVED ? T0.plusSeconds(5) : null;
        return Alerts.event(
                transition, Alerts.ofRule("host_silent", Alerts.episode("c", "h1", CRITICAL, status, end)), sequence);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shape_is_reviewed() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/notifier-topology.txt")) {
            assertThat(new NotifierTopology(held::add, NotifierTopologyTest::largest, Incidents.none(), Tracer.off())
                            .get()
                            .describe()
                            .toString())
                    .isEqualTo(new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Who has the largest part in it. */
    private static List<Contributor> largest(Alert alert) {
        return List.of(new Contributor("map", "map-of-" + alert.host(), "player_count", 40));
    }

    @Test
    void a_message_of_one_alert_says_who_has_the_largest_part_in_it_and_one_of_many_does_not() {
        put(webhook("ops"));
        for (int i = 10; i < 30; i++) {
            send(firing("h" + i, WARNING));
        }
        driver.advanceWallClockTime(Duration.ofSeconds(61));

        assertThat(outbox.readValuesToList()).hasSize(11).allSatisfy(message -> assertThat(message.contributors())
                .isEqualTo(
                        message.alerts().size() == 1 ? largest(message.alerts().getFirst()) : List.of()));
    }

    @Test
    void each_channel_that_wants_an_alert_gets_a_message_under_its_own_id() {
        put(webhook("ops"));
        put(webhook("night"));
        send(firing("h1", WARNING));

        List<OutboxMessage> messages = outbox.readValuesToList();
        assertThat(messages).extracting(m -> m.channel().id()).containsExactlyInAnyOrder("ops", "night");
        assertThat(messages).extracting(OutboxMessage::id).doesNotHaveDuplicates();
        assertThat(messages).extracting(OutboxMessage::type).containsOnly(MessageType.FIRING);
    }

    @Test
    void the_same_event_gives_the_same_message_id_whenever_it_is_processed() {
        put(webhook("ops"));
        send(firing("h1", WARNING));
        String first = outbox.readValue().id();
        close(); // the driver deletes its state
        open();
        put(webhook("ops"));
        send(firing("h1", WARNING));

        assertThat(outbox.readValue().id()).isEqualTo(first);
    }

    @Test
    void what_was_held_is_sent_when_the_cooldown_is_over() {
        put(webhook("ops"));
        send(firing("h1", WARNING));
        send(resolved("h1", WARNING, T0));
        send(firing("h1", WARNING));
        assertThat(outbox.readValuesToList())
                .extracting(OutboxMessage::type)
                .containsExactly(MessageType.FIRING, MessageType.RESOLVED);
        assertThat(held).containsExactly(Held.COOLDOWN);

        driver.advanceWallClockTime(Duration.ofSeconds(301));
        assertThat(outbox.readValuesToList()).extracting(OutboxMessage::type).containsExactly(MessageType.FIRING);
    }

    @Test
    void what_a_silence_covers_is_counted_and_sent_when_the_silence_ends() {
        put(webhook("ops"));
        Alert alert = Alerts.alert("h1", WARNING, AlertStatus.FIRING, null);
        Alert pending = Alerts.alert("h2", WARNING, AlertStatus.PENDING, null);
        send(Alerts.event(AlertTransition.FIRING, Alerts.silenced(alert), 1));
        send(Alerts.event(AlertTransition.SILENCED, Alerts.silenced(pending), 2));
        send(Alerts.event(AlertTransition.UNSILENCED, pending, 3));
        driver.advanceWallClockTime(Duration.ofSeconds(400));
        assertThat(outbox.readValuesToList()).isEmpty();
        assertThat(held).containsExactly(Held.SILENCED);

        send(Alerts.event(AlertTransition.UNSILENCED, alert, 2));
        send(Alerts.event(AlertTransition.SILENCED, Alerts.silenced(alert), 3));
        send(resolved("h1", WARNING, T0));
        assertThat(outbox.readValuesToList())
                .extracting(OutboxMessage::type)
                .containsExactly(MessageType.FIRING, MessageType.RESOLVED);
    }

    @Test
    void of_what_flaps_the_last_word_reaches_who_was_told() {
        put(webhook("ops"));
        for (String id : List.of("e1", "e2")) {
            Alert on = Alerts.flapping(Alerts.episode(id, "h1", WARNING, AlertStatus.FIRING, null));
            send(Alerts.event(AlertTransition.FIRING, on, 1));
            send(Alerts.event(AlertTransition.FLAPPING, on, 2));
            Alert off = Alerts.flapping(Alerts.episode(id, "h1", WARNING, AlertStatus.RESOLVED, T0));
            send(Alerts.event(AlertTransition.RESOLVED, off, 3));
        }
        put(Alerts.matching(webhook("ops"), Map.of("host", "other")));
        send(Alerts.event(AlertTransition.STEADY, Alerts.episode("e2", "h1", WARNING, AlertStatus.RESOLVED, T0), 4));

        assertThat(outbox.readValuesToList())
                .satisfiesExactly(first -> assertThat(first.type()).isEqualTo(MessageType.FLAPPING), last -> {
                    assertThat(last.type()).isEqualTo(MessageType.RESOLVED);
                    assertThat(last.alerts())
                            .as("under the id that they know")
                            .extracting(Alert::id)
                            .containsExactly("e1");
                });
        assertThat(driver.getKeyValueStore(NotifierTopology.ROUTES_STORE).all()).isExhausted();
    }

    @Test
    void a_removed_channel_hears_nothing_more() {
        put(webhook("ops"));
        channels.pipeInput("ops", null);
        send(firing("h1", CRITICAL));

        assertThat(outbox.readValuesToList()).isEmpty();
    }

    @Test
    void a_held_firing_and_a_digest_of_the_same_moment_have_ids_of_their_own() {
        put(webhook("ops"));
        for (int i = 0; i < 11; i++) {
            send(firing("h" + i, WARNING));
        }
        send(resolved("h10", WARNING, T0));
        send(resolved("h1", WARNING, T0));
        driver.advanceWallClockTime(Duration.ofSeconds(61));
        Alert again = Alerts.episode("again", "h1", WARNING, AlertStatus.FIRING, null);
        send(Alerts.event(AlertTransition.FIRING, again, 1));
        driver.advanceWallClockTime(Duration.ofSeconds(301));

        List<OutboxMessage> messages = outbox.readValuesToList();
        assertThat(messages)
                .extracting(OutboxMessage::type)
                .contains(MessageType.DIGEST)
                .last()
                .isEqualTo(MessageType.FIRING);
        assertThat(messages).extracting(OutboxMessage::id).doesNotHaveDuplicates();
    }

    @Test
    void the_end_reaches_a_channel_that_no_longer_matches_or_is_off_and_on_again() {
        put(webhook("ops"));
        put(webhook("night"));
        send(firing("h1", WARNING));
        outbox.readValuesToList();
        put(Alerts.matching(webhook("ops"), Map.of("host", "other")));
        put(Alerts.enabled(webhook("night"), false));
        send(resolved("h1", WARNING, T0));
        assertThat(outbox.readValuesToList()).extracting(m -> m.channel().id()).containsExactly("ops");

        put(webhook("night"));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(outbox.readValuesToList()).singleElement().satisfies(message -> {
            assertThat(message.channel().id()).isEqualTo("night");
            assertThat(message.alerts()).extracting(Alert::status).containsExactly(AlertStatus.RESOLVED);
        });
    }

    @Test
    void a_channel_that_was_removed_while_alerts_were_held_owes_nothing() {
        put(webhook("ops"));
        send(firing("h1", WARNING));
        send(resolved("h1", WARNING, T0));
        send(firing("h1", WARNING));
        outbox.readValuesToList();
        channels.pipeInput("ops", null);
        put(webhook("ops"));
        driver.advanceWallClockTime(Duration.ofSeconds(400));

        assertThat(outbox.readValuesToList()).isEmpty();
        assertThat(driver.getKeyValueStore(NotifierTopology.TOLD_STORE).all()).isExhausted();
    }

    @Test
    void a_message_that_was_held_goes_to_the_channel_as_it_is_then() {
        put(webhook("ops"));
        send(firing("h1", WARNING));
        send(resolved("h1", WARNING, T0));
        send(firing("h1", WARNING));
        put(Alerts.at(webhook("ops"), "http://127.0.0.1:2/new"));
        outbox.readValuesToList();
        driver.advanceWallClockTime(Duration.ofSeconds(301));

        assertThat(outbox.readValue().channel().target().url()).isEqualTo("http://127.0.0.1:2/new");
    }

    @Test
    void garbage_on_the_topic_stops_nobody() {
        put(webhook("ops"));
        events.pipeInput("x", "not json".getBytes(StandardCharsets.UTF_8));
        send(firing("h1", WARNING));

        assertThat(outbox.readValuesToList()).hasSize(1);
    }

    private void put(Channel channel) {
        channels.pipeInput(channel.id(), Json.encode(channel));
    }

    private void send(AlertEvent event) {
        events.pipeInput(event.data().key(), Json.encode(event));
    }
}
