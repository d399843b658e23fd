package io.peerscope.simulator.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Measurement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PointSenderTest {
    private static final Instant NOW = Instant.parse("2026-03-14T18:00:00.250Z");
    private static final Instant TIME = Instant.parse("2026-03-14T18:00:00Z");

    private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    private RecordingIngest ingest;

    @BeforeEach
    void open() throws IOException {
        ingest = new RecordingIngest();
    }

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void a_batch_leaves_in_the_words_of_the_api() throws IOException {
        Outcome outcome = send(settings());

        assertThat(outcome).isEqualTo(new Outcome.Accepted(batch("h1"), 1, 200, 2, 0, false));
        RecordingIngest.Received request = ingest.received.getFirst();
        assertThat(request.path()).isEqualTo("/api/v1/ingest");
        assertThat(request.headers().get("Authorization")).containsExactly("Bearer secret");
        assertThat(request.headers().get("Content-type")).containsExactly("application/json");
        assertThat(json(request.body())).isEqualTo(new ObjectMapper().readTree("""
                {"host":"h1","batch":"b/1","sent_at":1773511200250,"labels":{"simulated":"true"},
                 "points":[{"kind":"map","labels":{"map":"geffen"},"timestamp":1773511200000,
                            "fields":{"player_count":12.5,"mob_count":3.0},"states":{"map_status":"online"}}]}"""));
    }

    @Test
    void after_503_it_waits_as_asked_and_sends_the_same_batch_again() throws IOException {
        ingest.thenAnswer(503, "2", "");

        Outcome outcome = send(settings());

        assertThat(outcome).isEqualTo(new Outcome.Accepted(batch("h1"), 2, 200, 2, 0, false));
        assertThat(waits).hasSize(1).allSatisfy(wait -> assertThat(wait)
                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2100)));
        assertThat(json(ingest.received.get(0).body()).path("batch").asText())
                .isEqualTo(json(ingest.received.get(1).body()).path("batch").asText())
                .isEqualTo("b/1");
    }

    @Test
    void without_a_word_from_the_server_it_waits_longer_each_time() {
        ingest.thenAnswer(500, "", "").thenAnswer(502, "", "").thenAnswer(429, "", "");

        assertThat(send(settings()).attempts()).isEqualTo(4);
        assertThat(waits).hasSize(3);
        assertThat(waits.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(waits.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(waits.get(2)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void a_400_is_final() {
        ingest.thenAnswer(400, "", "bad_name");

        assertThat(send(settings())).isEqualTo(new Outcome.Refused(batch("h1"), 1, 400, "bad_name"));
        assertThat(ingest.received).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void the_server_counts_what_it_rejects_and_what_it_had() {
        ingest.thenAnswer(200, "", "{\"accepted\":1,\"rejected\":1,\"duplicate\":true}");

        assertThat(send(settings())).isEqualTo(new Outcome.Accepted(batch("h1"), 1, 200, 1, 1, true));
    }

    @Test
    void nobody_there_ends_as_unknown_when_the_time_is_up() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        SenderSettings settings = SenderSettings.of(nobody, "secret").givingUpAfter(Duration.ofMillis(150));

        assertThat(send(settings)).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
            assertThat(unknown.status()).isZero();
            assertThat(unknown.attempts()).isEqualTo(2);
        });
    }

    @Test
    void bodies_can_be_compressed_and_the_time_of_sending_left_out() throws IOException {
        send(settings().withGzip().withoutSentAt());

        RecordingIngest.Received request = ingest.received.getFirst();
        assertThat(request.headers().get("Content-encoding")).containsExactly("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes();
        assertThat(json(plain).has("sent_at")).isFalse();
        assertThat(json(plain).path("host").asText()).isEqualTo("h1");
    }

    @Test
    void many_are_sent_side_by_side_with_outcomes_in_order() {
        List<Batch> batches =
                IntStream.range(0, 200).mapToObj(n -> batch("h" + n)).toList();
        try (PointSender sender = sender(settings().withParallel(4))) {
            assertThat(sender.sendAll(batches)).extracting(Outcome::batch).isEqualTo(batches);
        }
        assertThat(ingest.received).hasSize(200);
    }

    private Outcome send(SenderSettings settings) {
        try (PointSender sender = sender(settings)) {
            return sender.send(batch("h1")).join();
        }
    }

    /** Time passes only by waiting. */
    private PointSender sender(SenderSettings settings) {
        InstantSource clock = () -> NOW.plus(waits.stream().reduce(Duration.ZERO, Duration::plus));
        return new PointSender(settings, clock, waits::add, new Random(1));
    }

    private SenderSettings settings() {
        return SenderSettings.of(ingest.uri(), "secret");
    }

    private static Batch batch(String host) {
        Measurement point = new Measurement(
                "map",
                Map.of("map", "geffen"),
                TIME,
                Map.of("player_count", 12.5, "mob_count", 3.0),
                Map.of("map_status", "online"));
        return new Batch(host, "b/1", Map.of("simulated", "true"), List.of(point));
    }

    private static JsonNode json(byte[] body) throws IOException {
        return new ObjectMapper().readTree(body);
    }
}
