package io.peerscope.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.agent.queue.Lane;
import io.peerscope.agent.queue.Parcel;
import io.peerscope.agent.queue.Reports;
import io.peerscope.agent.queue.Span;
import io.peerscope.agent.report.Point;
import io.peerscope.agent.report.Report;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
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
        Point host = Point.host(Map.of("region", "eu"), fields);
        Point link = new Point(
                "connection",
                Map.of("peer", "h2"),
                Map.of("latency_ms", 41.5),
                Map.of("connection_state", "connected"));
        assertThat(post(server.uri(), Report.of(1_773_511_200_000L, List.of(host, link))))
                .isEqualTo(new Answer.Taken());

        assertThat(server.requests)
                .containsExactly(new RecordingServer.Request("/api/v1/ingest", "Bearer secret", """
                        {"host":"my \\"host\\"","batch":"run/1","sent_at":1773511200250,\
                        "points":[{"kind":"host","timestamp":1773511200000,"labels":{"region":"eu"},\
                        "fields":{"cpu_usage":12.25,"memory_bytes":6442450944}},\
                        {"kind":"connection","timestamp":1773511200000,"labels":{"peer":"h2"},\
                        "fields":{"latency_ms":41.5},"states":{"connection_state":"connected"}}]}"""));
    }

    @Test
    void many_reports_are_one_packed_document() throws Exception {
        Report[] reports = LongStream.rangeClosed(1, 1000).mapToObj(Reports::at).toArray(Report[]::new);
        assertThat(post(server.uri(), reports)).isEqualTo(new Answer.Taken());
        assertThat(server.requests.getFirst().body())
                .startsWith("{\"host\":\"my \\\"host\\\"\",\"batch\":\"run/1\"")
                .contains("\"timestamp\":1,", "\"timestamp\":1000,")
                .endsWith("}}]}");
        assertThat(server.received.get())
                .isLessThan(server.requests.getFirst().body().length() / 5);
    }

    @Test
    void the_newest_the_server_holds_can_be_asked_for() throws Exception {
        assertThat(newest(200, "{\"host\":\"h\",\"newest\":\"2026-03-14T18:00:00Z\",\"newest_ms\":1773511200000}"))
                .isEqualTo(new Newest.At(1_773_511_200_000L));
        assertThat(newest(200, "{\"host\":\"h\",\"newest\":null,\"newest_ms\":null}"))
                .isEqualTo(new Newest.Nothing());
        assertThat(newest(200, "<html>")).isEqualTo(new Newest.Unknown());
        assertThat(newest(404, "")).isEqualTo(new Newest.Unknown());
        assertThat(newest(405, "")).isEqualTo(new Newest.Unknown());
        assertThat(newest(403, "")).isEqualTo(new Newest.Unknown());
        assertThat(newest(503, "")).isInstanceOf(Newest.Later.class);
        assertThat(server.requests)
                .allMatch(request -> request.path().equals("/api/v1/ingest/cursor?host=my+%22host%22"));
    }

    private Newest newest(int status, String body) throws InterruptedException {
        server.thenAnswer(status, "", body);
        try (IngestDoor door = door(server.uri())) {
            return door.newest();
        }
    }

    @Test
    void what_makes_a_document_of_many_unreadable_is_looked_for_but_not_what_is_too_old() throws Exception {
        server.thenAnswer(400, "", "{\"code\":\"malformed\"}");
        assertThat(post(server.uri(), report(), report())).isInstanceOf(Answer.TooMuch.class);
        server.thenAnswer(413, "", "");
        assertThat(post(server.uri(), report(), report())).isInstanceOf(Answer.TooMuch.class);
        server.thenAnswer(400, "", "{\"code\":\"too_old\"}");
        assertThat(post(server.uri(), report(), report())).isInstanceOf(Answer.Refused.class);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(503, "3", "", new Answer.Later("status 503", Optional.of(Duration.ofSeconds(3)))),
                Arguments.of(429, "", "", new Answer.Later("status 429", Optional.empty())),
                Arguments.of(500, "soon", "", new Answer.Later("status 500", Optional.empty())),
                Arguments.of(404, "", "", new Answer.Later("status 404", Optional.empty())),
                Arguments.of(401, "", "who?", new Answer.Denied("status 401: who?")),
                Arguments.of(403, "", "no", new Answer.Denied("status 403: no")),
                Arguments.of(400, "", "bad", new Answer.Refused("status 400: bad")),
                Arguments.of(200, "", "{\"rejected\": 2}", new Answer.TakenInPart("{\"rejected\": 2}")),
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
            door.post(parcel(report()));
            Files.writeString(token, "newer");
            door.post(parcel(report()));
            Files.delete(token);
            assertThat(door.post(parcel(report()))).isInstanceOf(Answer.Denied.class);
        }
        assertThat(server.requests)
                .extracting(RecordingServer.Request::authorization)
                .containsExactly("Bearer secret", "Bearer newer");
    }

    private Answer post(URI uri, Report... reports) throws InterruptedException {
        try (IngestDoor door = door(uri)) {
            return door.post(parcel(reports));
        }
    }

    private IngestDoor door(URI uri) {
        return new IngestDoor(uri, token, "my \"host\"", CLOCK);
    }

    private static Parcel parcel(Report... reports) {
        return new Parcel(Lane.LIVE, "run/1", new Span(0, reports.length), List.of(reports), OptionalLong.empty());
    }

    private static Report report() {
        return Reports.at(1);
    }
}
