package io.peerscope.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IngestDoorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_773_511_200_250L));

    @TempDir
    Path folder;

    private Path token;
    private RecordingServer server;

    @BeforeEach
    void open() throws IOException {
        token = Files.writeString(folder.resolve("token"), "secret\n");
        server = new RecordingServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_report_arrives_in_the_words_of_the_api() throws Exception {
        Map<String, Double> fields = new LinkedHashMap<>();
        fields.put("cpu_usage", 12.25);
        fields.put("memory_bytes", 6_442_450_944.0);
        assertThat(post(server.uri(), new Report("run/7", 1_773_511_200_000L, fields)))
                .isEqualTo(new Answer.Taken());

        assertThat(server.requests)
                .containsExactly(new RecordingServer.Request("/api/v1/ingest", "Bearer secret", """
                        {"host":"my \\"host\\"","batch":"run/7","sent_at":1773511200250,"labels":{"region":"eu"},\
                        "points":[{"kind":"host","timestamp":1773511200000,\
                        "fields":{"cpu_usage":12.25,"memory_bytes":6442450944}}]}"""));
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(503, "3", "", new Answer.Later("status 503", Optional.of(Duration.ofSeconds(3)))),
                Arguments.of(429, "", "", new Answer.Later("status 429", Optional.empty())),
                Arguments.of(500, "soon", "", new Answer.Later("status 500", Optional.empty())),
                Arguments.of(404, "", "", new Answer.Later("status 404", Optional.empty())),
                Arguments.of(401, "", "who?", new Answer.Denied("status 401: who?")),
                Arguments.of(403, "", "no", new Answer.Denied("status 403: no")),
                Arguments.of(400, "", "bad", new Answer.Refused(400, "bad")),
                Arguments.of(200, "", "{\"rejected\": 2}", new Answer.Refused(200, "{\"rejected\": 2}")),
                Arguments.of(202, "", "", new Answer.Taken()));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void every_status_has_a_meaning(int status, String retryAfter, String body, Answer meaning) throws Exception {
        server.thenAnswer(status, retryAfter, body);
        assertThat(post(server.uri(), report())).isEqualTo(meaning);
    }

    @Test
    void nobody_there_means_later() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();
            socket.close();
            assertThat(post(URI.create("http://127.0.0.1:" + port), report())).isInstanceOf(Answer.Later.class);
        }
    }

    @Test
    void a_token_that_was_rotated_is_used_at_once_and_a_missing_one_is_told() throws Exception {
        try (IngestDoor door = door(server.uri())) {
            door.post(report());
            Files.writeString(token, "newer");
            door.post(report());
            Files.delete(token);
            assertThat(door.post(report())).isInstanceOf(Answer.Denied.class);
        }
        assertThat(server.requests)
                .extracting(RecordingServer.Request::authorization)
                .containsExactly("Bearer secret", "Bearer newer");
    }

    private Answer post(URI uri, Report report) throws InterruptedException {
        try (IngestDoor door = door(uri)) {
            return door.post(report);
        }
    }

    private IngestDoor door(URI uri) {
        return new IngestDoor(uri, token, "my \"host\"", Map.of("region", "eu"), CLOCK);
    }

    private static Report report() {
        return new Report("run/1", 1, Map.of("load1", 0.5));
    }
}
