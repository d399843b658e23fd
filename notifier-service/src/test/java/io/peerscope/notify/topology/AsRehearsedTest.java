package io.peerscope.notify.topology;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.HIGH;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.notify.QuietHours;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.policy.ChannelRehearsal;
import io.peerscope.notify.policy.Incidents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a what-if says a channel would have been sent is what the topology sends, second by second. */
class AsRehearsedTest {
    private static final Duration WHOLE = Duration.ofMinutes(7);
    private static final Inhibition HOST_DOWN =
            new Inhibition("host_down", Map.of("rule_id", "host_silent"), Map.of("rule_id", "cpu_*"), List.of("host"));

    @TempDir
    Path stateDir;

    private record Said(long second, MessageType type, List<String> alerts) {
        static Said of(Instant at, MessageType type, List<Alert> alerts) {
            return new Said(
                    Duration.between(T0, at).toSeconds(),
                    type,
                    alerts.stream()
                            .map(alert -> alert.key() + " " + alert.status() + " " + alert.severity())
                            .toList());
        }
    }

    private static Stream<Channel> channels() {
        QuietHours night = new QuietHours(ZoneOffset.UTC, List.of(), LocalTime.of(10, 2), LocalTime.of(10, 4));
        return Stream.of(
                webhook("plain"),
                Alerts.cooling(webhook("cooling"), 60),
                Alerts.paced(webhook("grouped"), new Channel.Pace(300, 10, List.of("rule_id"), 15, 0)),
                Alerts.paced(webhook("reminded"), new Channel.Pace(60, 10, List.of(), 0, 100)),
                Alerts.paced(webhook("narrow"), new Channel.Pace(60, 2, List.of(), 5, 0)),
                Alerts.turned(webhook("sleeping"), new Channel.Turn(0, List.of(night), null)),
                Alerts.turned(webhook("later"), new Channel.Turn(45, List.of(), null)),
                Alerts.as(ChannelType.SMS, webhook("sms")),
                Alerts.as(ChannelType.ALERTMANAGER, webhook("alertmanager")),
                Alerts.action("action"));
    }

    /** A storm, what gets worse, a cause with what follows from it, a night, ends. */
    private static List<AlertEvent> events() {
        List<AlertEvent> events = new ArrayList<>();
        events.add(firing(1, "h1", WARNING));
        IntStream.range(10, 40).forEach(i -> events.add(firing(2, "h" + i, HIGH)));
        events.add(changed(20, "h1", CRITICAL));
        events.add(at(40, AlertTransition.FIRING, Alerts.ofRule("host_silent", alert("h50", CRITICAL, 40))));
        events.add(firing(41, "h50", WARNING));
        events.add(at(110, AlertTransition.RESOLVED, Alerts.ofRule("host_silent", ended("h50", CRITICAL, 110))));
        IntStream.range(10, 20).forEach(i -> events.add(resolved(123, "h" + i, HIGH)));
        events.add(firing(132, "h10", HIGH));
        events.add(firing(141, "h60", WARNING));
        events.add(firing(151, "h61", CRITICAL));
        events.add(changed(185, "h60", HIGH));
        events.add(resolved(203, "h1", CRITICAL));
        events.add(resolved(305, "h50", WARNING));
        return events;
    }

    @Test
    void the_same_alerts_make_the_same_messages() {
        Map<String, List<Said>> live = live();

        channels().forEach(channel -> {
            List<Said> rehearsed = rehearsed(channel);
            assertThat(rehearsed).as(channel.id()).hasSizeGreaterThan(2);
            assertThat(live.get(channel.id())).as(channel.id()).isEqualTo(rehearsed);
        });
    }

    private static List<Said> rehearsed(Channel channel) {
        ChannelRehearsal rehearsal = new ChannelRehearsal(channel, List.of(HOST_DOWN), T0);
        events().forEach(rehearsal::hear);
        return rehearsal.finish(T0.plus(WHOLE)).stream()
                .map(message -> Said.of(message.at(), message.type(), message.alerts()))
                .toList();
    }

    private Map<String, List<Said>> live() {
        KafkaConfig config = KafkaConfig.local("127.0.0.1:1", stateDir);
        try (TopologyTestDriver driver = new TopologyTestDriver(
                new NotifierTopology(why -> {}, alert -> List.of(), Incidents.none(), Tracer.off()).get(),
                HostedStreams.settings(Application.NOTIFIER, config, Topic.ALERTS_EVENTS_DLQ),
                T0)) {
            TestInputTopic<String, byte[]> channels = input(driver, Topic.NOTIFICATIONS_CHANNELS);
            channels().forEach(channel -> channels.pipeInput(channel.id(), Json.encode(channel)));
            input(driver, Topic.NOTIFICATIONS_INHIBITIONS).pipeInput(HOST_DOWN.id(), Json.encode(HOST_DOWN));
            TestInputTopic<String, byte[]> alerts = input(driver, Topic.ALERTS_EVENTS);
            Instant now = T0;
            for (AlertEvent event : events()) {
                now = pass(driver, now, event.time());
                alerts.pipeInput(event.data().key(), Json.encode(event));
            }
            // A what-if ends before the second at which it ends.
            pass(driver, now, T0.plus(WHOLE).minusSeconds(1));
            TestOutputTopic<String, OutboxMessage> outbox = driver.createOutputTopic(
                    Topic.NOTIFICATIONS_OUTBOX.topicName(),
                    new StringDeserializer(),
                    JsonSerde.of(OutboxMessage.class).deserializer());
            return outbox.readValuesToList().stream()
                    .collect(Collectors.groupingBy(
                            message -> message.channel().id(),
                            Collectors.mapping(
                                    message -> Said.of(message.createdAt(), message.type(), message.alerts()),
                                    Collectors.toList())));
        }
    }

    private static Instant pass(TopologyTestDriver driver, Instant from, Instant until) {
        Instant now = from;
        while (now.isBefore(until)) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            now = now.plusSeconds(1);
        }
        return now;
    }

    private static TestInputTopic<String, byte[]> input(TopologyTestDriver driver, Topic topic) {
        return driver.createInputTopic(topic.topicName(), new StringSerializer(), new ByteArraySerializer());
    }

    private static AlertEvent firing(long second, String host, Severity severity) {
        return at(second, AlertTransition.FIRING, alert(host, severity, second));
    }

    private static AlertEvent changed(long second, String host, Severity severity) {
        return at(second, AlertTransition.SEVERITY_CHANGED, alert(host, severity, second));
    }

    private static AlertEvent resolved(long second, String host, Severity severity) {
        return at(second, AlertTransition.RESOLVED, ended(host, severity, second));
    }

    /** An episode of its own where the host had one before. */
    private static Alert alert(String host, Severity severity, long second) {
        return Alerts.episode(id(host, second), host, severity, AlertStatus.FIRING, null);
    }

    private static Alert ended(String host, Severity severity, long second) {
        return Alerts.episode(id(host, 0), host, severity, AlertStatus.RESOLVED, T0.plusSeconds(second));
    }

    private static String id(String host, long second) {
        return host.equals("h10") && second == 132 ? "again-" + host : "a-" + host;
    }

    private static AlertEvent at(long second, AlertTransition transition, Alert alert) {
        AlertEvent event = AlertEvent.of(transition, alert, second, null);
        return new AlertEvent(
                event.specversion(),
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                T0.plusSeconds(second),
                event.dataContentType(),
                second,
                null,
                alert);
    }
}
