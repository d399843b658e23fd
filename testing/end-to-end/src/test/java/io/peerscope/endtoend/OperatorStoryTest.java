package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.FreePort;
import io.peerscope.endtoend.CommandLineRun.Terminal;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.network.Fault;
import io.peerscope.testkit.network.TcpProxy;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.RecordingWebhook;
import io.peerscope.testkit.webhook.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An operator at the terminal: each command where all is well, and where something is not. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class OperatorStoryTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void allIsWellAndEveryCommandSaysSo(PeerscopeProcess peerscope) {
        Terminal terminal = terminal(peerscope);
        for (String command : List.of("verify-metrics", "test-alert", "check-websocket")) {
            CommandLineRun run = terminal.peerscope(command, "--json");
            assertThat(run.exitCode()).as(run.toString()).isZero();
            assertThat(run.json().path("ok").asBoolean()).isTrue();
        }
        CommandLineRun trace = terminal.peerscope("trace", "peerscope-check", "--send", "--json");
        assertThat(trace.exitCode()).as(trace.toString()).isZero();
        assertThat(List.of("accepted", "pushed to browsers", "live state", "stored", "readable", "ledger"))
                .allSatisfy(step -> assertThat(trace.verdict(step)).isEqualTo("ok"));

        CommandLineRun doctor = terminal.peerscope("doctor", "--json", "--kafka", peerscope.bootstrapServers());
        assertThat(doctor.exitCode()).as(doctor.toString()).isZero();
        assertThat(List.of(
                        "service",
                        "credential",
                        "live view",
                        "storing",
                        "ledger",
                        "rules",
                        "kafka",
                        "replicas",
                        "audit log"))
                .allSatisfy(step -> assertThat(doctor.verdict(step)).isEqualTo("ok"));
        assertThat(terminal.peerscope("doctor").out()).contains("ok    service", "All is well");
    }

    @Test
    void aHostIsFollowedAndWhatItLacksIsSaid(PeerscopeProcess peerscope) {
        Terminal terminal = terminal(peerscope);
        String receipt = peerscope
                .api("fleet")
                .post("/api/v1/ingest", Map.of("host", "traced", "points", List.of(point(7))))
                .json()
                .path("receipt")
                .asText();
        peerscope.api("viewer").strong().get("/api/v1/hosts/traced/ledger");
        assertThat(terminal.peerscope("trace", "traced").exitCode()).isZero();
        assertThat(terminal.peerscope("trace", "traced", "--receipt", receipt).out())
                .contains("accepted 1, stored 1");
        CommandLineRun stranger = terminal.peerscope("trace", "never-seen");
        assertThat(stranger.exitCode()).isEqualTo(1);
        assertThat(stranger.out()).contains("nothing has come from it today", "→");
    }

    @Test
    void channelsAreTestedOneByOne(PeerscopeProcess peerscope) {
        Terminal terminal = terminal(peerscope);
        Api admin = peerscope.api("admin");
        try (RecordingWebhook good = RecordingWebhook.start();
                RecordingWebhook bad = RecordingWebhook.start().thenReply(Reply.status(400))) {
            webhook(admin, "drill-good", good);
            webhook(admin, "drill-bad", bad);
            CommandLineRun taken = terminal.peerscope("test-notification", "drill-good");
            assertThat(taken.exitCode()).as(taken.toString()).isZero();
            assertThat(good.messages()).hasSize(1);
            CommandLineRun refused = terminal.peerscope("test-notification", "drill-good", "drill-bad", "--json");
            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.verdict("drill-good")).isEqualTo("ok");
            assertThat(refused.verdict("drill-bad")).isEqualTo("failed");
            assertThat(terminal.peerscope("test-notification", "no-such-channel")
                            .out())
                    .contains("there is no channel no-such-channel");
        } finally {
            admin.delete("/api/v1/channels/drill-good");
            admin.delete("/api/v1/channels/drill-bad");
        }
    }

    @Test
    void aTokenEndsAsItWasMadeAndEverybodyWasWarned(PeerscopeProcess peerscope) {
        Story story = Story.begin("a token that expires");
        Terminal terminal = terminal(peerscope);
        Api admin = peerscope.api("admin");
        String ends = Instant.now().plusSeconds(20).toString(); // several JVMs are started before
        CommandLineRun made = terminal.peerscope("token", "create", "short-lived", "--expires", ends, "--json");
        assertThat(made.exitCode()).as(made.toString()).isZero();
        Api host = new Api(peerscope.address(), made.json().path("token").asText());
        Map<String, Object> batch = Map.of("points", List.of(point(1)));
        story.holdsWithin(SOON, "the token opens", () -> assertThat(
                        host.post("/api/v1/ingest", batch).status())
                .isEqualTo(200));

        CommandLineRun doctor = terminal.peerscope("doctor", "--json");
        assertThat(doctor.verdict("tokens")).as(doctor.toString()).isEqualTo("warning");
        assertThat(doctor.out()).contains("short-lived", "peerscope token rotate HOST");
        story.holdsWithin(SOON, "its use is known", () -> assertThat(admin.get("/api/v1/hosts/short-lived/tokens")
                        .at("/tokens/0/last_used_at")
                        .isTextual())
                .isTrue());
        assertThat(terminal.peerscope("token", "list", "short-lived").out()).contains("last used 20");

        story.holdsWithin(SOON, "it ends, and the host is told why", () -> {
            Answer refused = host.post("/api/v1/ingest", batch);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.at("/detail").asText()).contains("expired at", "peerscope token rotate HOST");
        });
        assertThat(admin.get("/api/v1/tokens?status=expired")
                        .at("/tokens/0/host")
                        .asText())
                .isEqualTo("short-lived");
        assertThat(terminal.peerscope("token", "list", "short-lived").out()).contains("expired 20");

        CommandLineRun rotated = terminal.peerscope("token", "rotate", "short-lived", "--expires", "90d", "--json");
        Api again = new Api(peerscope.address(), rotated.json().path("token").asText());
        story.holdsWithin(SOON, "another one opens", () -> assertThat(
                        again.post("/api/v1/ingest", batch).status())
                .isEqualTo(200));
        assertThat(terminal.peerscope("doctor", "--json").verdict("tokens")).isEqualTo("ok");
    }

    @Test
    void hostsAreLetInAndRulesBroughtIn(PeerscopeProcess peerscope, @TempDir Path folder) throws IOException {
        Terminal terminal = terminal(peerscope);
        Path file = folder.resolve("token");
        assertThat(terminal.peerscope("token", "create", "let-in", "--out", file.toString())
                        .exitCode())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Api host = new Api(peerscope.address(), Files.readString(file).strip());
        assertThat(host.post("/api/v1/ingest", Map.of("points", List.of(point(1))))
                        .status())
                .isEqualTo(200);
        String second = terminal.peerscope("token", "rotate", "let-in", "--json")
                .json()
                .path("id")
                .asText();
        assertThat(terminal.peerscope("token", "list", "let-in").out()).contains(second);
        assertThat(terminal.peerscope("token", "revoke", "let-in", second).exitCode())
                .isZero();
        assertThat(terminal.peerscope("token", "list", "let-in").out()).doesNotContain(second);
        assertThat(terminal.peerscope("token", "create", "let-in").exitCode()).isEqualTo(1);

        Path rule = Files.writeString(
                folder.resolve("rule.yaml"), "id: by_hand\nmetric: cpu_usage\noperator: '>'\ncritical: 99\n");
        assertThat(terminal.peerscope("rules", "apply", rule.toString()).out()).contains("by_hand is created");
        assertThat(terminal.peerscope("rules", "apply", rule.toString()).out()).contains("by_hand is replaced");
        assertThat(terminal.peerscope("rules", "list").out()).contains("by_hand");
        assertThat(terminal.peerscope("rules", "show", "by_hand")
                        .json()
                        .path("critical")
                        .asInt())
                .isEqualTo(99);
        assertThat(terminal.peerscope("rules", "delete", "by_hand").exitCode()).isZero();
        CommandLineRun wrong = terminal.peerscope(
                "rules",
                "apply",
                Files.writeString(folder.resolve("x.yaml"), "id: x\nmetric: 1 2\n")
                        .toString());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("metric");
    }

    @Test
    void whatIsOldIsLetGo(PeerscopeProcess peerscope) {
        CommandLineRun run = terminal(peerscope).peerscope("cleanup", "--json");
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.json().at("/after/tables").size()).isGreaterThan(5);
        assertThat(peerscope
                        .api("admin")
                        .get("/api/v1/audit?action=storage.cleanup")
                        .json()
                        .path("total")
                        .asInt())
                .isPositive();
    }

    @Test
    void aBackupIsRestoredAndWhatCameSinceIsStoredAgain(PeerscopeProcess peerscope, @TempDir Path folder)
            throws IOException {
        Story story = Story.begin("backup and restore");
        Api fleet = peerscope.api("fleet");
        Api admin = peerscope.api("admin");
        long began = System.currentTimeMillis();
        send(fleet, "restored", began, 1, 40);
        admin.strong().get("/api/v1/hosts/restored/ledger");
        Path archive = folder.resolve("peerscope.zip");
        CommandLineRun backup = archive(peerscope, "backup", archive.toString());
        assertThat(backup.exitCode()).as(backup.toString()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");

        send(fleet, "restored", began, 41, 25);
        admin.post(
                "/api/v1/rules", Map.of("id", "after_backup", "metric", "cpu_usage", "operator", ">", "critical", 99));
        admin.strong().get("/api/v1/hosts/restored/ledger");
        assertThat(archive(peerscope, "restore", archive.toString()).exitCode()).isEqualTo(2);
        CommandLineRun restore = archive(peerscope, "restore", archive.toString(), "--yes", "--json");
        assertThat(restore.exitCode()).as(restore.toString()).isZero();
        assertThat(restore.json().at("/restored/same_kafka").asBoolean()).isTrue();
        assertThat(restore.json().at("/restored/audit/way").asText()).isEqualTo("kept");
        JsonNode chain = admin.get("/api/v1/audit/chain").json();
        assertThat(chain.path("whole").asBoolean()).as(chain.toString()).isTrue();
        assertThat(chain.at("/restores/0/archive").asText()).isEqualTo("peerscope.zip");
        assertThat(terminal(peerscope).peerscope("doctor").out()).contains("restored from peerscope.zip");

        send(fleet, "restored", began, 66, 5); // a partition is stored again from its next record on
        story.holdsWithin(SOON, "what came since the backup is stored again from Kafka, and the ledger adds up", () -> {
            JsonNode day = admin.get("/api/v1/hosts/restored/ledger").json();
            assertThat(day.path("stored").asLong()).as(day.toString()).isEqualTo(70);
            assertThat(day.path("balanced").asBoolean()).isTrue();
        });
        story.holdsWithin(SOON, "rules are as they were", () -> assertThat(
                        admin.get("/api/v1/rules/after_backup").status())
                .isEqualTo(404));
    }

    @Test
    void deadLettersAreBroughtBackOnce(PeerscopeProcess peerscope) throws ExecutionException, InterruptedException {
        long now = System.currentTimeMillis();
        PointBatch batch = new PointBatch(
                "undead",
                "",
                now,
                now,
                "",
                0,
                false,
                List.of(Point.of(new Subject("undead", Subject.HOST, Labels.none()), now, Map.of("cpu_usage", 12.0))));
        KafkaClients clients = new KafkaClients(KafkaConfig.local(peerscope.bootstrapServers(), Path.of(".")));
        try (Producer<String, byte[]> producer = clients.producer("test-letters", Map.of())) {
            var letter =
                    new ProducerRecord<>(Topic.METRICS_POINTS_DLQ.topicName(), "undead", PointBatchCodec.encode(batch));
            Map.of("topic", "metrics.points", "partition", "0", "offset", "3", "error", "the disk was full")
                    .forEach((name, value) ->
                            letter.headers().add("peerscope." + name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(letter).get();
        }
        List<String> replay =
                List.of("replay-dlq", "metrics.points.dlq", "--json", "--kafka", peerscope.bootstrapServers());
        List<String> look = new ArrayList<>(replay);
        look.add("--dry-run");
        assertThat(CommandLineRun.run(look).out()).contains("the disk was full", "metrics.points-0@3");
        assertThat(CommandLineRun.run(replay).out()).contains("brought back");
        Story.begin("dead letters").holdsWithin(SOON, "what was brought back is stored", () -> assertThat(peerscope
                        .api("viewer")
                        .get("/api/v1/hosts/undead/ledger")
                        .json()
                        .path("accepted")
                        .asLong())
                .isEqualTo(1));
        assertThat(CommandLineRun.run(look).json().path("letters")).isEmpty();
        assertThat(CommandLineRun.run(List.of("replay-dlq", "metrics.points", "--kafka", peerscope.bootstrapServers()))
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void whereNothingAnswersEveryCommandSaysWhatToDo(PeerscopeProcess peerscope) {
        Terminal nowhere = new Terminal(URI.create("http://127.0.0.1:" + FreePort.any()), token(peerscope, "admin"));
        for (String command : List.of(
                "doctor",
                "verify-metrics",
                "test-alert",
                "check-websocket",
                "test-notification",
                "cleanup",
                "rules list",
                "token list h1",
                "trace h1")) {
            CommandLineRun run = nowhere.peerscope(command.split(" "));
            assertThat(run.exitCode()).as(command + run).isEqualTo(3);
            assertThat(run.out() + run.err()).contains("→");
        }
        CommandLineRun noKafka = CommandLineRun.run(
                List.of("replay-dlq", "metrics.points.dlq", "--dry-run", "--kafka", "127.0.0.1:" + FreePort.any()));
        assertThat(noKafka.exitCode()).as(noKafka.toString()).isEqualTo(3);
    }

    @Test
    void aWrongTokenOrTooLittleRightIsDenied(PeerscopeProcess peerscope, @TempDir Path folder) throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong"), "psk_no-such-token\n");
        for (String command : List.of("doctor", "verify-metrics", "check-websocket", "rules list")) {
            assertThat(new Terminal(peerscope.address(), wrong)
                            .peerscope(command.split(" "))
                            .exitCode())
                    .as(command)
                    .isEqualTo(4);
        }
        CommandLineRun viewer =
                new Terminal(peerscope.address(), token(peerscope, "viewer")).peerscope("cleanup", "--json");
        assertThat(viewer.exitCode()).isEqualTo(4);
        assertThat(viewer.json().path("cure").asText()).contains("admin");
    }

    @Test
    void aServerThatHangsOrBreaksOffIsSaidToDoSo(PeerscopeProcess peerscope) {
        try (TcpProxy proxy = TcpProxy.to(peerscope.address())) {
            Terminal terminal = new Terminal(proxy.address(), token(peerscope, "admin"));
            assertThat(terminal.peerscope("doctor").exitCode()).isZero();
            proxy.become(new Fault.Stall());
            CommandLineRun stalled = terminal.peerscope("doctor", "--timeout", "1");
            assertThat(stalled.exitCode()).isEqualTo(3);
            assertThat(stalled.out()).contains("did not answer");
            proxy.become(new Fault.Reset());
            CommandLineRun reset = terminal.peerscope("rules", "list");
            assertThat(reset.exitCode()).isEqualTo(3);
            assertThat(reset.err()).contains("→");
        }
        CommandLineRun gone = terminal(peerscope)
                .peerscope("doctor", "--service", "notifier-service=http://127.0.0.1:" + FreePort.any(), "--json");
        assertThat(gone.exitCode()).isEqualTo(3);
        assertThat(gone.verdict("service notifier-service")).isEqualTo("failed");
        assertThat(gone.verdict("ledger")).isEqualTo("ok");
    }

    private static Terminal terminal(PeerscopeProcess peerscope) {
        return new Terminal(peerscope.address(), token(peerscope, "admin"));
    }

    private static Path token(PeerscopeProcess peerscope, String name) {
        return peerscope.tokens().folder().resolve(name);
    }

    private static CommandLineRun archive(PeerscopeProcess peerscope, String... words) throws IOException {
        Database database = peerscope.database();
        Path password = Files.writeString(Files.createTempFile("database", "password"), database.password());
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--kafka", peerscope.bootstrapServers(), "--database", database.jdbcUrl()));
        arguments.addAll(List.of("--database-user", database.username()));
        arguments.addAll(List.of("--database-password-file", password.toString()));
        return CommandLineRun.run(arguments);
    }

    private static Map<String, Object> point(double value) {
        return Map.of("fields", Map.of("cpu_usage", value));
    }

    /** One point a request, a millisecond apart: two that the server stamps within one would be one and the same. */
    private static void send(Api fleet, String host, long began, int from, int count) {
        for (int i = from; i < from + count; i++) {
            Map<String, Object> point = Map.of("timestamp", began + i, "fields", Map.of("cpu_usage", (double) i));
            assertThat(fleet.post(
                                    "/api/v1/ingest",
                                    Map.of("host", host, "batch", "restore/" + i, "points", List.of(point)))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void webhook(Api admin, String id, RecordingWebhook receiver) {
        // of alerts, which other stories make, it is told nothing: each answer is for a test
        Map<String, Object> nobody = Map.of("matchers", Map.of("rule_id", "no-such-rule"));
        assertThat(admin.post("/api/v1/channels", receiver.channel(id, nobody)).status())
                .isEqualTo(201);
    }
}
