package io.peerscope.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    private static final String TOPIC = "letters";

    @TempDir
    Path dataDir;

    @Test
    void whatWasWrittenIsThereAfterARestart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dataDir))) {
            createTopic(kafka.bootstrapServers());
            send(kafka.bootstrapServers(), "a", "b");
            assertThat(read(kafka.bootstrapServers(), 2)).containsExactly("a", "b");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dataDir))) {
            send(kafka.bootstrapServers(), "c");
            assertThat(read(kafka.bootstrapServers(), 3)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aBrokerKilledComesBackOnItsPortWithItsData() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        long second;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dataDir).withProgress(said::add))) {
            String servers = kafka.bootstrapServers();
            createTopic(servers);
            send(servers, "before");
            long first = kafka.pid();

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(30)).until(() -> kafka.pid() != first);
            second = kafka.pid();
            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            send(servers, "after");
            assertThat(read(servers, 2)).containsExactly("before", "after");
            assertThat(said).anyMatch(line -> line.contains("starting it again"));
        }
        assertThat(ProcessHandle.of(second).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void closingRightAfterAKillLeavesNothingBehind() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dataDir));
        ProcessHandle.of(kafka.pid()).orElseThrow().destroyForcibly();
        kafka.close();
        kafka.close();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aFolderServesOneBrokerAtATime() {
        try (EmbeddedKafka running = EmbeddedKafka.start(KafkaOptions.in(dataDir))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(dataDir)))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("in use by another running instance");
            assertThat(ProcessHandle.of(running.pid())).isPresent();
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(
                            () -> EmbeddedKafka.start(KafkaOptions.in(dataDir).withPort(taken.getLocalPort())))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aFailureCarriesTheBrokersLastWords() throws Exception {
        Files.createDirectories(dataDir.resolve("log"));
        Files.writeString(dataDir.resolve("log/meta.properties"), "version=1\nnode.id=7\ncluster.id=x\n");
        assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(dataDir)))
                .isInstanceOf(EmbeddedStartException.class)
                .hasMessageContaining("Stored node id 7");
    }

    private static void createTopic(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(String servers, String... letters) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all"), new StringSerializer(), new StringSerializer())) {
            for (String letter : letters) {
                producer.send(new ProducerRecord<>(TOPIC, letter)).get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> read(String servers, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition only = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            List<String> letters = new CopyOnWriteArrayList<>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> letters.add(record.value()));
                return letters.size() >= count;
            });
            return letters;
        }
    }
}
