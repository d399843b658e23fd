package io.peerscope.alert.topology;

import io.peerscope.alert.Rules;
import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.foundation.trace.Tracer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.jspecify.annotations.Nullable;

/** The topology in the test driver, spoken to in seconds. Its wall clock passes second by second, as ticks expect. */
final class AlertsDriver implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    final EvaluationCounts counts = new EvaluationCounts();
    final EvaluationLag lag = new EvaluationLag();
    private final PointsLog log;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> points;
    private final TestInputTopic<String, byte[]> rules;
    private final TestInputTopic<String, byte[]> silences;
    private final TestInputTopic<String, byte[]> commands;
    private final TestInputTopic<String, byte[]> expectations;
    private final TestOutputTopic<String, byte[]> events;
    private final TestOutputTopic<String, byte[]> active;
    private final TestOutputTopic<String, byte[]> deadLetters;
    private final List<AlertEvent> told = new ArrayList<>();
    private final Map<String, Alert> shown = new LinkedHashMap<>();
    private long second;
    private boolean somethingWaits;
    /** Of the second that has begun. */
    private long millis;

    /** One in which a failure of the processor fails the test. */
    AlertsDriver(Path stateDir, Function<String, KeyValueBytesStoreSupplier> stores, long startSecond) {
        this(stateDir, stores, new PointsLog(), startSecond);
    }

    AlertsDriver(Path stateDir, Function<String, KeyValueBytesStoreSupplier> stores, PointsLog log, long startSecond) {
        this(stateDir, stores, log, startSecond, LogAndFailProcessingExceptionHandler.class);
    }

    AlertsDriver(
            Path stateDir,
            Function<String, KeyValueBytesStoreSupplier> stores,
            PointsLog log,
            long startSecond,
            Class<? extends ProcessingExceptionHandler> onFailure) {
        second = startSecond;
        this.log = log;
        log.taken();
        Properties settings = HostedStreams.settings(
                Application.ALERT, KafkaConfig.local("127.0.0.1:1", stateDir), Topic.METRICS_POINTS_DLQ);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, onFailure);
        driver = new TopologyTestDriver(
                new AlertTopology(EvaluationConfig.defaults(), counts, lag, log, this::readUntil, Tracer.off(), stores)
                        .get(),
                settings,
                time(startSecond));
        points = input(Topic.METRICS_POINTS);
        rules = input(Topic.ALERTS_RULES);
        silences = input(Topic.ALERTS_SILENCES);
        commands = input(Topic.ALERTS_COMMANDS);
        expectations = input(Topic.ALERTS_EXPECTATIONS);
        events = output(Topic.ALERTS_EVENTS);
        active = output(Topic.ALERTS_ACTIVE);
        deadLetters = output(Topic.METRICS_POINTS_DLQ);
    }

    static Instant time(long second) {
        return START.plusSeconds(second);
    }

    AlertsDriver rule(String... fields) {
        return rule(Rules.rule(fields));
    }

    AlertsDriver rule(Rule rule) {
        rules.pipeInput(rule.id(), Json.encode(RuleDocument.write(rule)), time(second));
        return this;
    }

    AlertsDriver expectation(Expectation expectation) {
        expectations.pipeInput(expectation.host(), Json.encode(expectation), time(second));
        return this;
    }

    AlertsDriver ruleDeleted(String id) {
        rules.pipeInput(id, null, time(second));
        return this;
    }

    /** Of everything on hosts of this name. */
    AlertsDriver silence(String id, String host, long from, long to) {
        Silence silence = new Silence(id, Map.of("host", host), time(from), time(to), null, "", "ann", time(second));
        silences.pipeInput(id, Json.encode(silence), time(second));
        return this;
    }

    AlertsDriver silenceDeleted(String id) {
        silences.pipeInput(id, null, time(second));
        return this;
    }

    /** Waits until that second and sends what was measured in it. */
    AlertsDriver host(String host, long at, String field, double value) {
        return until(at).late(host, at, field, value);
    }

    /** Sends what was measured earlier, now. */
    AlertsDriver late(String host, long at, String field, double value) {
        return send(host, List.of(point(new Subject(host, Subject.HOST, Labels.none()), at, field, value)), false);
    }

    AlertsDriver send(String host, List<Point> batch, boolean simulated) {
        return receivedAt(second, host, batch, simulated);
    }

    /** Hands over what was received earlier and has been waiting since. */
    AlertsDriver waiting(String host, long at, String field, double value) {
        return receivedAt(
                at, host, List.of(point(new Subject(host, Subject.HOST, Labels.none()), at, field, value)), false);
    }

    AlertsDriver receivedAt(long at, String host, List<Point> batch, boolean simulated) {
        long receivedAt = time(at).toEpochMilli();
        PointBatch sent = new PointBatch(host, "", 0, receivedAt, "r", 0, simulated, batch);
        log.add(sent);
        points.pipeInput(host, PointBatchCodec.encode(sent), time(at));
        return this;
    }

    static Point point(Subject subject, long at, String field, double value) {
        return Point.of(subject, time(at).toEpochMilli(), Map.of(field, value));
    }

    AlertsDriver raw(Topic topic, @Nullable String key, byte @Nullable [] value) {
        input(topic).pipeInput(key, value, time(second));
        return this;
    }

    AlertsDriver command(AlertCommand.Action action, Alert alert) {
        commands.pipeInput(
                alert.host(),
                Json.encode(new AlertCommand(action, alert.key(), alert.id(), "ann", time(second), null, null)),
                time(second));
        return this;
    }

    AlertsDriver until(long until) {
        for (; second < until; second++) {
            driver.advanceWallClockTime(Duration.ofMillis(1_000 - millis));
            millis = 0;
        }
        return this;
    }

    AlertsDriver ticks(int number) {
        for (int i = 0; i < number; i++) {
            driver.advanceWallClockTime(AlertProcessor.TICK);
            millis += AlertProcessor.TICK.toMillis();
        }
        second += millis / 1_000;
        millis %= 1_000;
        return this;
    }

    /** What is handed over later is in the topic already, so nobody knows more than what is judged. */
    AlertsDriver somethingWaits(boolean waits) {
        somethingWaits = waits;
        return this;
    }

    private long readUntil(int partition) {
        return somethingWaits ? 0 : Long.MAX_VALUE;
    }

    /** The server's clock is set forward, or the process stood still. */
    AlertsDriver jump(long seconds) {
        second += seconds;
        driver.advanceWallClockTime(Duration.ofSeconds(seconds));
        return this;
    }

    /** {@code h1 firing@30 warning}, since the driver was started. */
    List<String> told() {
        return events().stream()
                .map(e -> e.data().host() + " " + e.transition().word() + "@"
                        + Duration.between(START, e.time()).toSeconds() + " "
                        + e.data().severity().word())
                .toList();
    }

    List<AlertEvent> events() {
        while (!events.isEmpty()) {
            KeyValue<String, byte[]> row = events.readKeyValue();
            AlertEvent event = Json.decode(row.value, AlertEvent.class);
            if (!row.key.equals(event.data().key())) {
                throw new AssertionError(row.key + " is not the key of " + event);
            }
            told.add(event);
        }
        return told;
    }

    /** What a reader of the compacted topic holds. */
    Map<String, Alert> active() {
        while (!active.isEmpty()) {
            KeyValue<String, byte[]> row = active.readKeyValue();
            if (row.value == null) {
                shown.remove(row.key);
            } else {
                shown.put(row.key, Json.decode(row.value, Alert.class));
            }
        }
        return shown;
    }

    Alert shown(String key) {
        return Objects.requireNonNull(active().get(key), () -> key + " is not among " + shown.keySet());
    }

    long deadLetters() {
        return deadLetters.getQueueSize();
    }

    private TestInputTopic<String, byte[]> input(Topic topic) {
        return driver.createInputTopic(topic.topicName(), new StringSerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<String, byte[]> output(Topic topic) {
        return driver.createOutputTopic(topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        driver.close();
    }
}
