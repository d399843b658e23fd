package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.peerscope.alert.Rules;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.streams.BeginAnew;
import io.peerscope.testkit.process.Signals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can happen below a topology, to a process of its own on a real broker: each episode has one beginning and one end. */
@Tag("soak")
class StreamsFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Rule CPU = Rules.rule("'id':'cpu','metric':'cpu_usage','warning':80,'flapping':false");

    @TempDir
    private Path folder;

    /** Fills stores sooner. */
    private static final String LONG_NAME = "-" + "x".repeat(180);

    private final List<String> expected = new ArrayList<>();
    private long at = System.currentTimeMillis() - Duration.ofMinutes(30).toMillis();

    /** Needs a file system of its own, which only root can mount. */
    @Test
    void theDiskOfTheStateIsFullForAWhile() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256m", "none", disk.toString()), "mount is not allowed");
        try (AlertStage stage = new AlertStage(folder, CPU);
                AlertProcess service = AlertProcess.start(stage.bootstrapServers(), disk)) {
            breakAndMend(stage, 4);
            await().atMost(PATIENCE).until(() -> stage.told().size() == expected.size());
            Path filler = fill(disk);
            while (!full(service, disk)) {
                breakAndMend(stage, 300);
                await().atMost(PATIENCE)
                        .until(() -> full(service, disk) || stage.told().size() > expected.size() - 1_000);
                assertThat(service.isAlive()).isTrue();
                assertThat(expected.size()).as("told, though the disk is full").isLessThan(400_000);
            }
            assertThat(condition(service)).startsWith("Down");
            breakAndMend(stage, 4);

            Files.delete(filler);
            await().atMost(PATIENCE).until(() -> condition(service).equals("Ok[]"));
            breakAndMend(stage, 4);
            told(stage);
            assertThat(service.log()).anyMatch(line -> line.contains("Free some; it goes on by itself"));
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** */
    @Test
    void theTopicsOfTheStateAreDeleted() throws Exception {
        Path state = folder.resolve("state");
        try (AlertStage stage = new AlertStage(folder, CPU)) {
            try (AlertProcess first = AlertProcess.start(stage.bootstrapServers(), state)) {
                breakAndMend(stage, 4);
                told(stage);
                await().atMost(PATIENCE).until(() -> condition(first).equals("Ok[]"));
            }
            Set<String> changelogs = stage.admin().listTopics().names().get().stream()
                    .filter(name -> name.startsWith(Application.ALERT.id()) && name.endsWith("-changelog"))
                    .collect(Collectors.toSet());
            assertThat(changelogs).hasSize(6);
            stage.admin().deleteTopics(changelogs).all().get();
            for (String disk : List.of("state", "another-disk")) {
                try (AlertProcess refused = AlertProcess.start(stage.bootstrapServers(), folder.resolve(disk))) {
                    refused.awaitEnd();
                    assertThat(refused.log())
                            .anyMatch(line -> line.contains("StateLostException")
                                    && line.contains("peerscope begin-anew " + Application.ALERT.id()));
                }
            }
            BeginAnew anew = new BeginAnew(stage.admin(), Application.ALERT);
            await().atMost(PATIENCE).until(() -> anew.instances() == 0);
            anew.run(Instant.now());
            int before = stage.told().size();
            try (AlertProcess again = AlertProcess.start(stage.bootstrapServers(), state)) {
                stage.send("another", 95);
                await().atMost(PATIENCE).until(() -> stage.sentences().contains("another firing"));
                await().atMost(PATIENCE).until(() -> condition(again).equals("Ok[]"));
            }
            assertThat(stage.told().subList(before, stage.told().size()))
                    .as("what was told before is told under its old id, or not at all")
                    .filteredOn(event -> !event.data().host().equals("another"))
                    .extracting(AlertEvent::id)
                    .isSubsetOf(stage.told().subList(0, before).stream()
                            .map(AlertEvent::id)
                            .toList());
        }
    }

    /** killed with a transaction open, and nobody takes its place. */
    @Test
    void anOpenTransactionHoldsReadersUpNoLongerThanItsTimeOut() throws Exception {
        try (AlertStage stage = new AlertStage(folder, CPU);
                AlertProcess service = AlertProcess.start(stage.bootstrapServers(), folder.resolve("state"))) {
            breakAndMend(stage, 1);
            await().atMost(PATIENCE).until(() -> stage.told().size() == expected.size());
            AlertEvent ours = stage.told().getFirst();
            int seen;
            Optional<TopicPartition> held;
            do {
                breakAndMend(stage, 50);
                try (Signals.Paused paused = service.pause()) {
                    held = held(stage.admin());
                    if (held.isPresent()) {
                        service.kill();
                    }
                }
            } while (held.isEmpty());
            seen = stage.told().size();
            String id = stage.admin()
                    .listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                    .all()
                    .get()
                    .iterator()
                    .next()
                    .transactionalId();
            assertThat(stage.admin()
                            .describeTransactions(List.of(id))
                            .description(id)
                            .get()
                            .transactionTimeoutMs())
                    .isEqualTo(10_000);
            stage.sendEvent(held.get().partition(), ours);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> stage.told().stream().skip(seen).anyMatch(event -> event.id()
                            .equals(ours.id())));
            stage.told().remove(stage.told().lastIndexOf(ours));
            try (AlertProcess again = AlertProcess.start(stage.bootstrapServers(), folder.resolve("state"))) {
                told(stage);
                assertThat(again.isAlive()).isTrue();
            }
        }
    }

    /** A partition of events to which somebody's open transaction has written. */
    private static Optional<TopicPartition> held(Admin admin) throws Exception {
        List<TopicPartition> partitions =
                admin.describeTopics(List.of(Topic.ALERTS_EVENTS.topicName())).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(each -> new TopicPartition(topic.name(), each.partition())))
                        .toList();
        return admin.describeProducers(partitions).all().get().entrySet().stream()
                .filter(each -> each.getValue().activeProducers().stream()
                        .map(ProducerState::currentTransactionStartOffset)
                        .anyMatch(offset -> offset.isPresent() && offset.getAsLong() >= 0))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** an hour and a half comes at once; what began more than an hour ago tells nobody. */
    @Test
    void aBacklogIsReadTenTimesAsFastAsItWasMadeAndItsOldTroublesAreNotTold() throws Exception {
        int hosts = 100;
        Duration backlog = Duration.ofMinutes(90);
        long end = System.currentTimeMillis();
        try (AlertStage stage = new AlertStage(folder, CPU)) {
            for (long ago = backlog.toSeconds(); ago > 0; ago -= 5) {
                long minute = backlog.toMinutes() - ago / 60;
                boolean trouble = minute >= 5 && minute < 10 || minute >= 60 && minute < 62;
                for (int host = 0; host < hosts; host++) {
                    stage.send("h" + host, trouble ? 95 : 10, end - ago * 1_000 + host);
                }
            }
            stage.flush();
            try (AlertProcess service = AlertProcess.start(stage.bootstrapServers(), folder.resolve("state"))) {
                for (int host = 0; host < hosts; host++) {
                    stage.send("h" + host, 95);
                    expected.addAll(List.of("h" + host + " firing", "h" + host + " resolved", "h" + host + " firing"));
                }
                await().atMost(backlog.dividedBy(10)).until(() -> stage.told().size() >= expected.size());
                assertThat(service.isAlive()).isTrue();
            }
            assertThat(stage.sentences()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(stage.told())
                    .allMatch(event -> event.data().startedAt().isAfter(Instant.ofEpochMilli(end - 3_600_000)));
        }
    }

    /**
     * Its own clock, that of its ticks and of what it says the time is; those of Kafka's clients stay right. Under
     * libfaketime the waits of the JVM go wrong even while the clock is right, so that no Kafka client can work.
     */
    @Test
    void theClockOfTheServerIsSetTenMinutesOnAndBack() throws Exception {
        Rule silent =
                Rules.rule("'id':'silent','metric':'cpu_usage','warning':99,'no_data':'alert','no_data_after':30");
        Path clock = Files.writeString(folder.resolve("clock"), "0");
        try (AlertStage stage = new AlertStage(folder, CPU, silent);
                AlertProcess service =
                        AlertProcess.startWithClock(stage.bootstrapServers(), folder.resolve("state"), clock)) {
            beat(stage, 6, 95, () -> stage.sentences().contains("h0 firing"));
            for (String setTo : List.of("600", "-600")) {
                Files.writeString(clock, setTo);
                long begun = System.nanoTime();
                beat(
                        stage,
                        6,
                        95,
                        () -> System.nanoTime() - begun > Duration.ofSeconds(45).toNanos());
                assertThat(stage.sentences()).as("the clock set to %s", setTo).containsExactly("h0 firing");
            }
            beat(stage, 6, 10, () -> stage.sentences().contains("h0 resolved"));
            Files.writeString(clock, "0");
            beat(stage, 5, 10, () -> stage.sentences().contains("h5 no_data"));
            assertThat(stage.sentences()).containsExactly("h0 firing", "h0 resolved", "h5 no_data");
            assertThat(service.isAlive()).isTrue();
        }
    }

    /** Twice a second a sample of each host, of which the first has this value and the others a good one. */
    private static void beat(AlertStage stage, int hosts, double first, BooleanSupplier enough) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            for (int host = 0; host < hosts; host++) {
                stage.send("h" + host, host == 0 ? first : 10);
            }
            return enough.getAsBoolean();
        });
    }

    /** As often, one host after the other becomes bad and good again, a millisecond later each, some time ago. */
    private void breakAndMend(AlertStage stage, int times) {
        for (int i = 0; i < times; i++) {
            String host = "h" + i % 40 + LONG_NAME;
            stage.send(host, 95, at++);
            stage.send(host, 10, at++);
            expected.add(host + " firing");
            expected.add(host + " resolved");
        }
        stage.flush();
    }

    private void told(AlertStage stage) {
        await().atMost(PATIENCE).until(() -> stage.told().size() >= expected.size());
        assertThat(stage.sentences()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(stage.told()).extracting(AlertEvent::id).doesNotHaveDuplicates();
    }

    private static String condition(AlertProcess service) {
        List<String> conditions = service.conditions();
        return conditions.isEmpty() ? "" : conditions.getLast();
    }

    private static boolean full(AlertProcess service, Path disk) {
        return condition(service).contains("no space is left on the disk of its state, " + disk);
    }

    private static Path fill(Path disk) throws IOException {
        Path filler = disk.resolve("filler");
        byte[] block = new byte[64 << 10];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            return filler;
        }
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
