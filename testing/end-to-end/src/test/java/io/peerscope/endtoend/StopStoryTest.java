package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.client.MonitorClient;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.process.Tokens;
import io.peerscope.testkit.story.Story;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * SIGTERM while a page is open, connections are kept alive and a batch is half way in: readiness goes first, the batch is
 * answered, nobody is waited for who only looks on.
 */
@Tag("story")
@Order(Integer.MAX_VALUE) // after it the six are gone, which no other story needs then
@ExtendWith(SharedSix.class)
final class StopStoryTest {
    /** On a machine that has nothing else to do; told, since a busy one takes longer. */
    private static final Duration PROMISED = Duration.ofSeconds(5);
    /** Nobody waits for a time-out, of which the shortest would add this. */
    private static final Duration SHORTEST_TIME_OUT = Duration.ofSeconds(10);

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int GOING_AWAY = 1001;

    @Test
    void standaloneAnswersTheLastAndIsGone() throws Exception {
        Story story = Story.begin("stop");
        try (PeerscopeProcess peerscope = PeerscopeProcess.start(StoryData.fresh("stop"))) {
            Api viewer = peerscope.api("viewer");
            try (MonitorClient gone =
                    MonitorClient.open(peerscope.address(), peerscope.tokens().of("viewer"))) {
                awaitFrame(story, gone);
            }
            try (MonitorClient monitor = MonitorClient.open(
                            peerscope.address(), peerscope.tokens().of("viewer"));
                    HalfSentBatch batch = HalfSentBatch.begin(
                            peerscope.address(), peerscope.tokens().of("fleet"))) {
                awaitFrame(story, monitor);
                assertThat(viewer.get("/api/v1/metrics/realtime").status()).isEqualTo(200); // kept alive from now on
                List<ProcessHandle> all = List.of(peerscope.program(), peerscope.broker(), peerscope.postmaster());
                long begin = System.nanoTime();
                peerscope.program().destroy();
                isAnsweredThoughNotReady(story, viewer, batch);
                awaitEnd(story, "standalone", begin, all);
                assertThat(monitor.closeCode()).contains(GOING_AWAY);
            }
            Path logs = peerscope.data().resolve("logs");
            assertThat(Files.readString(logs.resolve("peerscope.log")))
                    .doesNotContain("Timed out")
                    .doesNotContain("unanswered");
            assertThat(Files.readString(logs.resolve("access.log")))
                    .containsPattern("GET /api/v1/metrics/realtime 200 \\d+ ms \\S+ 127.0.0.1");
            for (String name : List.of("peerscope", "alerts", "access", "errors")) {
                noSecretIn(Files.readString(logs.resolve(name + ".log")), peerscope.tokens());
            }
        }
    }

    @Test
    void everyServiceAloneIsGoneAsSoon(SixProcesses six) throws Exception {
        Story story = Story.begin("stop of six");
        try (MonitorClient monitor = MonitorClient.open(
                        six.address(Service.GATEWAY), six.tokens().of("viewer"));
                HalfSentBatch batch = HalfSentBatch.begin(
                        six.address(Service.INGEST), six.tokens().of("fleet"))) {
            awaitFrame(story, monitor);
            for (Service service : List.of(
                    Service.GATEWAY,
                    Service.INGEST,
                    Service.AGGREGATOR,
                    Service.ALERT,
                    Service.NOTIFIER,
                    Service.QUERY_API)) {
                Api kept = six.api(service, "viewer");
                assertThat(kept.get("/q/health/live").status()).isEqualTo(200);
                long begin = System.nanoTime();
                six.program(service).destroy();
                if (service == Service.INGEST) {
                    isAnsweredThoughNotReady(story, kept, batch);
                }
                awaitEnd(story, service.name(), begin, List.of(six.program(service)));
            }
        }
        for (Service service : Service.values()) {
            String log = Files.readString(six.log(service));
            noSecretIn(log, six.tokens());
            Map<Boolean, List<String>> lines =
                    log.lines().collect(Collectors.partitioningBy(line -> line.startsWith("{")));
            assertThat(lines.get(true)).as(service.name()).isNotEmpty().allMatch(line -> json(line)
                    .hasNonNull("message"));
            // what the JVM and the framework say before the service starts its work
            assertThat(lines.get(false)).as(service.name()).noneMatch(line -> line.contains("[io.peerscope."));
        }
    }

    private static JsonNode json(String line) {
        return Json.decode(line.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    private static void noSecretIn(String log, Tokens tokens) {
        assertThat(log).doesNotContain(tokens.of("admin"), tokens.of("fleet"), tokens.of("viewer"));
    }

    private static void awaitFrame(Story story, MonitorClient monitor) {
        monitor.send("{\"subscribe\":[\"hosts\"]}");
        story.within(SOON, "a page is open", () -> monitor.frames().stream().findFirst());
    }

    private static void isAnsweredThoughNotReady(Story story, Api api, HalfSentBatch batch) throws IOException {
        story.within(SOON, "not ready any more", () -> Optional.of(
                        api.get("/q/health/ready").status())
                .filter(status -> status == 503));
        assertThat(batch.finish()).startsWith("HTTP/1.1 200");
        story.tell("the batch that was half way in is accepted");
    }

    private static void awaitEnd(Story story, String name, long begin, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(60, TimeUnit.SECONDS);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        story.tell(
                "%s is gone %d ms after the signal%s",
                name, took.toMillis(), took.compareTo(PROMISED) > 0 ? ", later than promised" : "");
        assertThat(took).isLessThan(PROMISED.plus(SHORTEST_TIME_OUT));
    }
}
