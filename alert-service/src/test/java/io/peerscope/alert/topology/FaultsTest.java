package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.Rules;
import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.rehearsal.Rehearsal;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.testkit.process.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real broker, in real time: rules over single samples, with kept firing and over windows, hosts that come and go, and
 * two processes that are killed again and again, stand still, and whose rules are edited meanwhile. What is told is, event
 * for event, what a rehearsal of the same samples without any of it tells; of a group, one episode.
 */
@SuppressWarnings("NullAway.Init") // filled before each test
class FaultsTest {
    /** Other work may hold the machine up for long; who waits for a process to come back waits as long as that takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int HOSTS = 4;
    private static final List<Rule> RULES = List.of(
            Rules.rule("'id':'held','metric':'cpu_usage','warning':80,'critical':95,'duration':6"),
            Rules.rule("'id':'kept','metric':'cpu_usage','high':90,'keep_firing_for':9"),
            Rules.rule("'id':'window','metric':'cpu_usage','over':'8s','aggregate':'avg','warning':70,'duration':3"));

    private static final Rule GROUP =
            Rules.rule("'id':'together','group':{'of':'count','when':{'metric':'memory_usage',"
                    + "'limit':50}},'operator':'>=','high':3,'duration':2");

    @TempDir
    private Path folder;

    private final Map<String, Long> versions = new HashMap<>();
    private final List<AlertEvent> told = new ArrayList<>();
    /** From the time that an event is about until it was heard, milliseconds. */
    private final List<Long> delays = new ArrayList<>();

    private final List<Point> sent = new ArrayList<>();
    private EmbeddedKafka broker;
    private RecordWriter writer;
    private Producer<String, byte[]> producer;
    private Consumer<String, byte[]> events;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")));
        KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("unused"));
        KafkaClients clients = new KafkaClients(config);
        try (Admin admin = clients.admin("test")) {
            new Topics(admin, config).ensure();
        }
        writer = new RecordWriter(clients, "test-rules");
        producer = clients.producer("test", Map.of());
        events = clients.consumer("test-events", Map.of());
        List<TopicPartition> partitions = events.partitionsFor(Topic.ALERTS_EVENTS.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        events.assign(partitions);
        events.seekToBeginning(partitions);
        RULES.forEach(this::edit);
        edit(GROUP);
    }

    @AfterEach
    void stop() {
        events.close();
        producer.close();
        writer.close();
        broker.close();
    }

    /** Killed while alerts are pending, while they fire and while they are kept firing; the third time the disk is lost. */
    @Test
    void oneOfTwoIsKilledThreeTimes() throws Exception {
        try (AlertProcess first = start("one", "disk-1");
                AlertProcess second = start("two", "disk-2")) {
            play(0, 10);
            first.kill();
            try (AlertProcess again = start("one", "disk-1")) {
                play(10, 18);
                second.kill();
                try (AlertProcess secondAgain = start("two", "disk-2")) {
                    play(18, 26);
                    again.kill();
                    try (AlertProcess elsewhere = start("one", "disk-3")) {
                        play(26, 30);
                        playUntilTogether(30);
                        agrees();
                    }
                }
            }
        }
    }

    /** Twenty kills under a thousand edits of rules, then one of the two stands still for a minute and comes back. */
    @Test
    @Tag("soak")
    void killedPausedAndEdited() throws Exception {
        int second = 0;
        AlertProcess killed = start("one", "disk-1");
        AlertProcess other = start("two", "disk-2");
        try {
            for (int kill = 0; kill < 20; kill++) {
                second = playEdited(second, second + 7 + kill % 4);
                killed.kill();
                AlertProcess again =
                        start(kill % 2 == 0 ? "one" : "two", "disk-" + (kill % 5 == 4 ? 10 + kill : 1 + kill % 2));
                killed = other;
                other = again;
            }
            try (Signals.Paused zombie = killed.pause()) {
                second = playEdited(second, second + 60);
            }
            play(second, second + 15);
            playUntilTogether(second + 15);
            agrees();
        } finally {
            killed.close();
            other.close();
        }
        assertThat(versions.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(1_000);
    }

    /**
     * For five minutes one of the two comes or goes, in order, every fifteen seconds. What rules tell of single hosts is as
     * if nothing had happened. A rule over all of them loses those of a task that nobody has for longer than twenty seconds,
     * and may end and begin once more.
     */
    @Test
    @Tag("soak")
    void oneOfTwoComesAndGoes() throws Exception {
        try (AlertProcess stays = start("one", "disk-1")) {
            int second = 0;
            for (int round = 0; round < 10; round++) {
                try (AlertProcess comesAndGoes = start("two", "disk-2")) {
                    play(second, second += 15);
                    comesAndGoes.stop();
                }
                play(second, second += 15);
            }
            play(second, second + 15);
            try {
                agreesByHost();
            } catch (ConditionTimeoutException differs) {
                System.out.println(String.join("\n", stays.log()));
                throw differs;
            }
            assertThat(stays.isAlive()).isTrue();
            List<Long> sorted = delays.stream().sorted().toList();
            assertThat(sorted.get(sorted.size() * 99 / 100)).as("p99, ms").isLessThan(30_000);
        }
    }

    /** The rule as it was, with the next version. */
    private void edit(Rule rule) {
        long version = versions.merge(rule.id(), 1L, Long::sum);
        byte[] document = Json.encode(RuleDocument.write(rule.withVersion(version)));
        writer.broadcast(Topic.ALERTS_RULES, rule.id(), document);
    }

    private AlertProcess start(String instance, String disk) throws Exception {
        return AlertProcess.start(broker.bootstrapServers(), folder.resolve(disk), instance);
    }

    private void play(int from, int until) {
        for (int second = from; second < until; second++) {
            send(second);
        }
    }

    /**
     * A process that was started counts nobody for its first ten seconds, and who sends nothing for twenty is counted no more:
     * samples go on until all have begun, however long the last one took to start.
     */
    private void playUntilTogether(int from) {
        int second = from;
        while (!ofGroup().contains("firing")) {
            assertThat(second - from).as("seconds without it").isLessThan((int) PATIENCE.toSeconds());
            play(second, ++second);
        }
    }

    private int playEdited(int from, int until) {
        for (int second = from; second < until; second++) {
            for (int edits = 0; edits < 6; edits++) {
                edit(RULES.get(edits % RULES.size()));
            }
            play(second, second + 1);
        }
        return until;
    }

    /** One sample of each host, a second after the last. */
    private void send(int second) {
        long last = sent.isEmpty() ? 0 : sent.getLast().timestamp();
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> now() >= last + 1_000);
        long at = now();
        for (int host = 0; host < HOSTS; host++) {
            Subject subject = new Subject("h" + host, Subject.HOST, Labels.none());
            Point point = Point.of(
                    subject, at, Map.of("cpu_usage", load(host, second), "memory_usage", second < 3 ? 10.0 : 90.0));
            sent.add(point);
            PointBatch batch = new PointBatch(subject.host(), "", 0, at, "r", 0, false, List.of(point));
            producer.send(new ProducerRecord<>(
                    Topic.METRICS_POINTS.topicName(), subject.host(), PointBatchCodec.encode(batch)));
        }
        producer.flush();
        hear();
    }

    /** Ten seconds of trouble in twenty, at other times for each host; worse from time to time. */
    private static double load(int host, int second) {
        int phase = (second + 5 * host) % 20;
        return phase >= 10 ? 10 : phase > 5 && host % 2 == 0 ? 99 : 92;
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private void hear() {
        for (ConsumerRecord<String, byte[]> record : events.poll(Duration.ofMillis(10))) {
            AlertEvent event = Json.decode(record.value(), AlertEvent.class);
            told.add(event);
            delays.add(now() - event.time().toEpochMilli());
        }
    }

    private void agreesByHost() {
        long end = sent.getLast().timestamp() + 1;
        List<String> rehearsed = sentences(rehearsed(end), end);
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            hear();
            assertThat(sentences(told, end)).isEqualTo(rehearsed);
        });
        assertThat(rehearsed).as("something happened").hasSizeGreaterThan(3 * HOSTS);
        assertThat(told).extracting(AlertEvent::id).doesNotHaveDuplicates();
    }

    private void agrees() {
        agreesByHost();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            hear();
            assertThat(ofGroup()).contains("firing");
        });
        writer.broadcast(Topic.ALERTS_RULES, GROUP.id(), null);
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            hear();
            assertThat(ofGroup()).containsExactly("pending", "firing", "resolved");
        });
        assertThat(told).extracting(AlertEvent::id).doesNotHaveDuplicates();
        Map<String, Integer> beginnings = new TreeMap<>();
        told.stream()
                .filter(event -> event.transition() == AlertTransition.FIRING)
                .forEach(event -> beginnings.merge(event.subject(), 1, Integer::sum));
        assertThat(beginnings.values()).containsOnly(1);
    }

    private List<String> ofGroup() {
        return told.stream()
                .filter(event -> event.data().ruleId().equals(GROUP.id()))
                .map(event -> event.transition().word())
                .toList();
    }

    private List<AlertEvent> rehearsed(long end) {
        long begin = sent.getFirst().timestamp();
        List<AlertEvent> all = new ArrayList<>();
        for (Rule rule : RULES) {
            Rehearsal rehearsal = new Rehearsal(rule, List.of(), EvaluationConfig.defaults(), begin);
            sent.forEach(rehearsal::point);
            all.addAll(rehearsal.finish(end).events());
        }
        return all;
    }

    private static List<String> sentences(List<AlertEvent> events, long until) {
        return events.stream()
                .filter(event -> event.time().toEpochMilli() < until
                        && !event.data().ruleId().equals(GROUP.id()))
                .map(event -> "%s %s %s %s %s"
                        .formatted(
                                event.data().key(),
                                event.time(),
                                event.id(),
                                event.transition().word(),
                                event.data().severity().word()))
                .sorted()
                .toList();
    }
}
