package io.peerscope.query.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks to the application as anybody outside would. */
final class Api {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    Api(URI base) {
        this.base = base;
    }

    /** An answer, its body read as JSON where it is some. */
    record Answer(int status, JsonNode json, String text, HttpResponse<String> raw) {
        String code() {
            return json.path("code").asText();
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer send(String method, String path, @Nullable String body, String... headers) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        if (body != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!all.isEmpty()) {
            request.headers(all.toArray(String[]::new));
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = answer.headers().firstValue("Content-Type").orElse("");
            JsonNode json = type.contains("json")
                    ? Json.mapper().readTree(answer.body())
                    : Json.mapper().createObjectNode();
            return new Answer(answer.statusCode(), json, answer.body(), answer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String[] bearer(String token, String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + token));
        headers.addAll(Arrays.asList(more));
        return headers.toArray(String[]::new);
    }
}
