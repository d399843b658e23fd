package io.peerscope.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparedRequestTest {
    private static final Target TARGET = new Target(URI.create("http://127.0.0.1:8080"), "secret");
    private static final long START = 1_763_687_000_000L;

    private final PreparedRequest request =
            PreparedRequest.of(TARGET, "crowd-0001", 4, List.of("load_00", "load_01"), 1, START);

    @Test
    void isARequestWithAHeadAndABodyOfTheDeclaredLength() throws IOException {
        String text = text(request.stamped(7, START + 1000));
        String head = text.substring(0, text.indexOf("\r\n\r\n"));
        String body = text.substring(head.length() + 4);

        assertThat(head.lines())
                .containsExactly(
                        "POST /api/v1/ingest HTTP/1.1",
                        "Host: 127.0.0.1:8080",
                        "Authorization: Bearer secret",
                        "Content-Type: application/json",
                        "Content-Length: " + body.length());
        JsonNode batch = Json.mapper().readTree(body);
        assertThat(batch.path("host").asText()).isEqualTo("crowd-0001");
        assertThat(batch.path("batch").asText()).isEqualTo("bench/000000000007");
        assertThat(batch.path("sent_at").asLong()).isEqualTo(START + 1000);
        assertThat(batch.path("points")).hasSize(4).allSatisfy(point -> assertThat(point.path("fields"))
                .hasSize(2));
        assertThat(request.samples()).isEqualTo(8);
    }

    @Test
    void pointsLieBetweenTheLastSendingAndNow() throws IOException {
        assertThat(times(START + 1000)).containsExactly(START + 250, START + 500, START + 750, START + 1000);
        assertThat(times(START + 1040)).containsExactly(START + 1010, START + 1020, START + 1030, START + 1040);
    }

    @Test
    void noTwoPointsAreOfTheSameTimeEvenWhereTheClockStandsStill() throws IOException {
        assertThat(times(START)).containsExactly(START + 1, START + 2, START + 3, START + 4);
        assertThat(times(START)).containsExactly(START + 5, START + 6, START + 7, START + 8);
    }

    @Test
    void theSameSeedMakesTheSameBytes() {
        byte[] again = PreparedRequest.of(TARGET, "crowd-0001", 4, List.of("load_00", "load_01"), 1, START)
                .stamped(7, START + 1000);
        byte[] other = PreparedRequest.of(TARGET, "crowd-0001", 4, List.of("load_00", "load_01"), 2, START)
                .stamped(7, START + 1000);

        assertThat(request.stamped(7, START + 1000)).isEqualTo(again).isNotEqualTo(other);
    }

    private List<Long> times(long now) throws IOException {
        String text = text(request.stamped(1, now));
        JsonNode points = Json.mapper()
                .readTree(text.substring(text.indexOf("\r\n\r\n") + 4))
                .path("points");
        return points.findValues("timestamp").stream().map(JsonNode::asLong).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
