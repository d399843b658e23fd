package io.peerscope.simulator.send;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.simulator.Batch;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What one attempt came to. */
sealed interface Answer {
    /** There is nothing more to do. */
    record Final(Outcome outcome) implements Answer {}

    /** Worth another attempt. */
    record Again(int status, String why, Optional<Duration> retryAfter) implements Answer {}

    static Answer of(Batch batch, int attempts, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Final(accepted(batch, attempts, status, response.body()));
        }
        // A server error says nothing of the batch; its id makes sending it again safe.
        if (status == 429 || status == 408 || status >= 500) {
            return new Again(status, "status " + status, retryAfter(response));
        }
        return new Final(new Outcome.Refused(batch, attempts, status, text(response.body())));
    }

    private static Outcome accepted(Batch batch, int attempts, int status, byte[] body) {
        try {
            JsonNode json = Json.mapper().readTree(body);
            return new Outcome.Accepted(
                    batch,
                    attempts,
                    status,
                    json.path("accepted").asInt(),
                    json.path("rejected").asInt(),
                    json.path("duplicate").asBoolean());
        } catch (IOException e) {
            return new Outcome.Unknown(batch, attempts, status, "the answer is not JSON: " + text(body));
        }
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static String text(byte[] body) {
        return new String(body, 0, Math.min(body.length, 500), StandardCharsets.UTF_8);
    }
}
