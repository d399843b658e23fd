package io.peerscope.notify.wiring;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Backoff;
import io.peerscope.notify.deliver.ChannelDirectory;
import io.peerscope.notify.deliver.DeliveryLog;
import io.peerscope.notify.deliver.Notebook;
import io.peerscope.notify.deliver.Postman;
import io.peerscope.notify.form.WebhookForm;
import io.peerscope.notify.http.HttpSender;
import io.peerscope.notify.http.Outbound;
import io.peerscope.notify.outbox.OutboxLoop;
import io.peerscope.notify.policy.Incidents;
import io.peerscope.notify.topology.NotifierTopology;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an alert event on a real broker to a webhook. Each test has a channel and hosts of its own. */
class NotificationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    static Path brokerDir;

    @TempDir
    static Path stateDir;

    private static EmbeddedKafka kafka;
    private static KafkaClients clients;
    private static RecordWriter writer;

    private final Vertx vertx = Vertx.vertx();
    private final Outbound outbound = new Outbound(vertx, new TargetAddress(true, List.of(443)));
    private final Receiver receiver = new Receiver();

    @BeforeAll
    static void open() {
        kafka = EmbeddedKafka.start(KafkaOptions.in(brokerDir));
        clients = new KafkaClients(KafkaConfig.local(kafka.bootstrapServers(), stateDir));
        try (Admin admin = clients.admin("test-admin")) {
            new Topics(admin, clients.config()).ensure();
        }
        writer = new RecordWriter(clients, "test-writer");
    }

    @AfterAll
    static void closeKafka() {
        writer.close();
        kafka.close();
    }

    @AfterEach
    void close() {
        receiver.close();
        outbound.close();
        vertx.close();
    }

    @Test
    void an_alert_reaches_the_webhook_and_its_end_comes_after() throws Exception {
        try (Instance notifier = start()) {
            put("order", 300);
            fire("order-1", "order-1");
            resolve("order-1", "order-1");
            await().atMost(PATIENCE).until(() -> receiver.heard("order").size() == 2);

            assertThat(receiver.alerts("order")).containsExactly("order-1 firing", "order-1 resolved");
            assertThat(notifier.conditions()).allMatch(condition -> condition instanceof Condition.Ok);
        }
    }

    @Test
    void a_cooldown_outlives_a_restart_that_lost_its_disk() throws Exception {
        try (Instance notifier = start()) {
            put("cool", 10);
            fire("cool-1", "cool-1");
            resolve("cool-1", "cool-1");
            await().atMost(PATIENCE).until(() -> receiver.heard("cool").size() == 2);
        }
        try (Instance notifier = start(stateDir.resolve("elsewhere"))) {
            fire("cool-2", "cool-1");
            await().atMost(PATIENCE).until(() -> receiver.heard("cool").size() == 3);
        }

        assertThat(receiver.alerts("cool")).containsExactly("cool-1 firing", "cool-1 resolved", "cool-2 firing");
        Instant first = receiver.heard("cool").getFirst().timestamp();
        Instant third = receiver.heard("cool").getLast().timestamp();
        assertThat(Duration.between(first, third)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void death_between_the_answer_and_the_note_of_it_repeats_that_message_and_no_other() throws Exception {
        try (HostedStreams streams = streams(stateDir)) {
            put("death", 300);
            fire("death-1", "death-1");
            CountDownLatch never = new CountDownLatch(1);
            DeliveryLog dying = new Notebook() {
                @Override
                public void write(DeliveryRecord attempt) throws InterruptedException {
                    never.await();
                }
            };
            ChannelDirectory nobody = (id, existedAt) -> new ChannelDirectory.Entry.Unknown();
            Postman mortal = new Postman(
                    Map.of(ChannelType.WEBHOOK, new HttpSender(WebhookForm.ofAlerts(), outbound)),
                    nobody,
                    dying,
                    message -> {},
                    (id, message) -> {},
                    Backoff.standard(),
                    InstantSource.system(),
                    new Random());
            try (OutboxLoop loop = new OutboxLoop(clients, mortal, Tracer.off()).start()) {
                await().atMost(PATIENCE).until(() -> !receiver.heard("death").isEmpty());
            }
        }
        try (Instance notifier = start()) {
            resolve("death-1", "death-1");
            await().atMost(PATIENCE).until(() -> receiver.alerts("death").contains("death-1 resolved"));
        }

        List<Receiver.Heard> heard = receiver.heard("death");
        assertThat(heard)
                .extracting(Receiver.Heard::type)
                .containsExactly("alert.firing", "alert.firing", "alert.resolved");
        assertThat(heard.get(0).id()).isEqualTo(heard.get(1).id());
    }

    @Test
    void five_hundred_at_once_are_ten_messages_and_a_digest_that_names_the_rest() throws Exception {
        try (Instance notifier = start()) {
            put("storm", 300);
            put("calm", 300);
            IntStream.range(0, 500).parallel().forEach(i -> fire("storm-" + i, "storm-" + i));
            await().atMost(Duration.ofSeconds(100))
                    .until(() -> receiver.alerts("storm").size() == 500);
            fire("calm-1", "calm-1");
            await().atMost(PATIENCE).until(() -> receiver.heard("calm").size() == 1);
        }

        Set<String> wanted = new HashSet<>();
        IntStream.range(0, 500).forEach(i -> wanted.add("storm-" + i + " firing"));
        assertThat(receiver.alerts("storm")).hasSameElementsAs(wanted).doesNotHaveDuplicates();
        assertThat(receiver.heard("storm")).hasSizeLessThanOrEqualTo(12);
        assertThat(receiver.heard("storm"))
                .last()
                .extracting(Receiver.Heard::type)
                .isEqualTo("alert.digest");
    }

    @Test
    void a_test_reaches_a_channel_that_is_off() throws Exception {
        try (Instance notifier = start()) {
            Channel off = Alerts.enabled(channel("try", 300), false);
            writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, "try", Json.encode(off));
            writer.write(
                    Topic.NOTIFICATIONS_OUTBOX, "try", Json.encode(Alerts.message("test-1", off, MessageType.TEST)));
            await().atMost(PATIENCE).until(() -> !receiver.heard("try").isEmpty());

            assertThat(receiver.heard("try")).extracting(Receiver.Heard::type).containsExactly("test");
        }
    }

    @Test
    void what_a_channel_missed_before_it_was_switched_off_is_told_when_it_is_on_again() throws Exception {
        List<DeliveryRecord> notes = new CopyOnWriteArrayList<>();
        try (Instance notifier = start();
                RecordLoop deliveries = new RecordLoop(
                                clients,
                                "test-deliveries",
                                List.of(Topic.NOTIFICATIONS_DELIVERIES),
                                RecordLoop.From.END,
                                row -> notes.add(Json.decode(row.value(), DeliveryRecord.class)))
                        .start()) {
            await().atMost(PATIENCE).until(deliveries::caughtUp);
            Channel mended = channel("missed", 300);
            Channel broken = Alerts.at(mended, "http://127.0.0.1:1/");
            writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, "missed", Json.encode(broken));
            fire("missed-1", "missed-1");
            fire("missed-2", "missed-2");
            await().atMost(PATIENCE).until(() -> !notes.isEmpty());
            writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, "missed", Json.encode(Alerts.enabled(mended, false)));
            await().atMost(PATIENCE)
                    .until(() -> notes.stream()
                                    .filter(note -> "channel_disabled".equals(note.cause()))
                                    .count()
                            == 2);
            resolve("missed-1", "missed-1");
            writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, "missed", Json.encode(mended));
            await().atMost(PATIENCE).until(() -> receiver.alerts("missed").contains("missed-2 firing"));
            resolve("missed-2", "missed-2");
            await().atMost(PATIENCE).until(() -> receiver.alerts("missed").contains("missed-2 resolved"));
        }
    }

    @Test
    void an_endpoint_that_was_closed_stays_so_over_a_restart_until_a_test_gets_through() throws Exception {
        receiver.answer("gone", 410);
        try (Instance notifier = start()) {
            put("gone", 300);
            fire("gone-1", "gone-1");
            await().atMost(PATIENCE).until(() -> notifier.delivering().deadChannels() == 1);
        }
        receiver.answer("gone", 204);
        try (Instance notifier = start()) {
            assertThat(notifier.delivering().deadChannels()).isEqualTo(1);
            writer.write(
                    Topic.NOTIFICATIONS_OUTBOX,
                    "gone",
                    Json.encode(Alerts.message("gone-test", channel("gone", 300), MessageType.TEST)));
            await().atMost(PATIENCE).until(() -> receiver.heard("gone").size() == 3);
            await().atMost(PATIENCE).until(() -> notifier.delivering().deadChannels() == 0);
        }

        assertThat(receiver.heard("gone"))
                .extracting(Receiver.Heard::type)
                .containsExactly("alert.firing", "test", "alert.firing");
    }

    @Test
    void what_was_refused_is_told_when_the_channel_was_edited_and_its_end_comes_after() throws Exception {
        receiver.answer("strict", 401);
        try (Instance notifier = start()) {
            put("strict", 300);
            fire("strict-1", "strict-1");
            await().atMost(PATIENCE).until(() -> notifier.delivering().deadChannels() == 1);
            receiver.answer("strict", 204);
            fire("strict-2", "strict-2");
            await().atMost(PATIENCE).until(() -> receiver.alerts("strict").contains("strict-2 firing"));
            put("strict", 299);
            await().atMost(PATIENCE).until(() -> receiver.heard("strict").size() == 3);
            resolve("strict-1", "strict-1");
            await().atMost(PATIENCE).until(() -> receiver.heard("strict").size() == 4);
        }

        assertThat(receiver.alerts("strict"))
                .containsExactly("strict-1 firing", "strict-2 firing", "strict-1 firing", "strict-1 resolved");
    }

    private Instance start() throws InterruptedException {
        return start(stateDir);
    }

    private Instance start(Path state) throws InterruptedException {
        Delivering delivering = Delivering.start(
                clients,
                Map.of(ChannelType.WEBHOOK, new HttpSender(WebhookForm.ofAlerts(), outbound)),
                Backoff.standard(),
                InstantSource.system(),
                Tracer.off());
        return new Instance(delivering, streams(state));
    }

    private static HostedStreams streams(Path state) {
        return HostedStreams.start(
                Application.NOTIFIER,
                new NotifierTopology(why -> {}, alert -> List.of(), Incidents.none(), Tracer.off()).get(),
                KafkaConfig.local(kafka.bootstrapServers(), state),
                Topic.ALERTS_EVENTS_DLQ,
                Map.of());
    }

    /** A notifier as the service puts it together. */
    private record Instance(Delivering delivering, HostedStreams streams) implements AutoCloseable {
        List<Condition> conditions() {
            return delivering.parts().stream().map(Condition.Source::condition).toList();
        }

        @Override
        public void close() {
            streams.close();
            delivering.close();
        }
    }

    private Channel channel(String id, int cooldown) {
        Channel hook = Alerts.cooling(Alerts.at(Alerts.webhook(id), receiver.url(id)), cooldown);
        return Alerts.matching(hook, Map.of("host", id + "-*"));
    }

    private void put(String id, int cooldown) {
        writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, id, Json.encode(channel(id, cooldown)));
    }

    private static void fire(String alertId, String host) {
        send(AlertTransition.FIRING, Alerts.episode(alertId, host, WARNING, AlertStatus.FIRING, null), 1);
    }

    private static void resolve(String alertId, String host) {
        send(AlertTransition.RESOLVED, Alerts.episode(alertId, host, WARNING, AlertStatus.RESOLVED, T0), 2);
    }

    private static void send(AlertTransition transition, Alert alert, long sequence) {
        AlertEvent event = AlertEvent.of(transition, alert, sequence, null);
        writer.write(Topic.ALERTS_EVENTS, alert.key(), Json.encode(event));
    }
}
