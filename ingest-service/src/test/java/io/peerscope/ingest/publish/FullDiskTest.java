package io.peerscope.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.http.HttpLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker's disk fills up under load. Needs a file system of its own, which only root can mount. */
@Tag("soak")
class FullDiskTest {
    private static final String SIZE = "160m";
    /** What is left for the broker once it runs. */
    private static final long LEFT = 12 << 20;

    private static final Duration BACK_WITHIN = Duration.ofSeconds(120);

    private final Random random = new Random(1);

    @Test
    void whatWasAcknowledgedIsThereWhenThereIsSpaceAgain(@TempDir Path folder) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "none", disk.toString()), "mount is not allowed");
        KafkaOptions options = KafkaOptions.in(disk.resolve("kafka"));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(options);
                RecordSender log = new RecordSender();
                Door door = new Door(
                        new KafkaBatchLog(log),
                        HttpLimits.standard(),
                        64 << 20,
                        UnaryOperator.identity(),
                        System::currentTimeMillis)) {
            KafkaClients clients = new KafkaClients(KafkaConfig.local(kafka.bootstrapServers(), folder));
            try (Admin admin = clients.admin("test-admin")) {
                new Topics(admin, clients.config()).ensure();
            }
            log.open(clients, 64 << 20);
            Path filler = fill(disk);

            Set<String> acknowledged = new HashSet<>();
            Response last = sendUntilRefused(door, acknowledged);
            assertThat(last.status()).isEqualTo(503);
            assertThat(last.code()).isEqualTo("kafka_unavailable");
            assertThat(acknowledged).isNotEmpty();

            Files.delete(filler);
            await().atMost(BACK_WITHIN)
                    .untilAsserted(
                            () -> assertThat(send(door, "after").status()).isEqualTo(200));
            acknowledged.add("after");
            assertThat(written(clients)).containsAll(acknowledged);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static Path fill(Path disk) throws IOException {
        Path filler = disk.resolve("filler");
        long size = Files.getFileStore(disk).getUsableSpace() - LEFT;
        byte[] piece = new byte[1 << 20];
        try (var out = Files.newOutputStream(filler)) {
            for (long written = 0; written < size; written += piece.length) {
                out.write(piece);
            }
        }
        return filler;
    }

    private Response sendUntilRefused(Door door, Set<String> acknowledged) throws Exception {
        for (int number = 0; ; number++) {
            Response answer = send(door, "b" + number);
            if (answer.status() != 200) {
                return answer;
            }
            acknowledged.add("b" + number);
        }
    }

    /** 20 000 numbers that do not compress. */
    private Response send(Door door, String batch) throws Exception {
        StringBuilder json = new StringBuilder("{\"host\":\"h1\",\"batch\":\"" + batch + "\",\"points\":[");
        long now = System.currentTimeMillis();
        for (int i = 0; i < 1000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"timestamp\":")
                    .append(now - i)
                    .append(",\"fields\":{");
            for (int field = 0; field < 20; field++) {
                json.append(field == 0 ? "" : ",")
                        .append("\"f")
                        .append(field)
                        .append("\":")
                        .append(random.nextDouble());
            }
            json.append("}}");
        }
        return door.post(json.append("]}").toString());
    }

    private static Set<String> written(KafkaClients clients) {
        return WrittenPoints.read(clients).stream()
                .map(row -> PointBatchCodec.decode(row.value()).batch())
                .collect(Collectors.toSet());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
