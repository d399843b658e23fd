package io.peerscope.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Peerscope's HTTP API with one credential. Whatever is not the wanted answer becomes a {@link Failure} with a cure. */
public final class Server {
    private final HttpClient http;
    private final URI address;
    private final Optional<String> token;
    private final Duration timeout;

    public Server(HttpClient http, URI address, Optional<String> token, Duration timeout) {
        this.http = http;
        this.address = address;
        this.token = token;
        this.timeout = timeout;
    }

    /**
     * An answer as it came.
     *
     * @param date of the server's clock; empty where it does not say
     */
    public record Answer(int status, String text, Optional<String> date) {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** A missing node where the body is not JSON. */
        public JsonNode json() {
            try {
                return Json.mapper().readTree(text);
            } catch (IOException e) {
                return Json.mapper().missingNode();
            }
        }
    }

    public URI address() {
        return address;
    }

    HttpClient http() {
        return http;
    }

    Optional<String> token() {
        return token;
    }

    /** The same server for somebody else. */
    public Server as(String otherToken) {
        return new Server(http, address, Optional.of(otherToken), timeout);
    }

    /** Another server with the same credential. */
    public Server at(URI other) {
        return new Server(http, other, token, timeout);
    }

    public JsonNode get(String path) {
        return wanted("GET", path, send("GET", path, Optional.empty()));
    }

    public JsonNode post(String path, Object body) {
        return wanted("POST", path, send("POST", path, Optional.of(Json.encode(body))));
    }

    public JsonNode put(String path, Object body) {
        return wanted("PUT", path, send("PUT", path, Optional.of(Json.encode(body))));
    }

    public void delete(String path) {
        wanted("DELETE", path, send("DELETE", path, Optional.empty()));
    }

    /** Whatever its status. */
    public Answer send(String method, String path, Optional<byte[]> body) {
        return send(method, path, body, "application/json");
    }

    public Answer send(String method, String path, Optional<byte[]> body, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(timeout)
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofByteArray).orElse(HttpRequest.BodyPublishers.noBody()));
        token.ifPresent(secret -> request.setHeader("Authorization", "Bearer " + secret));
        body.ifPresent(bytes -> request.setHeader("Content-Type", contentType));
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(
                    answer.statusCode(), answer.body(), answer.headers().firstValue("Date"));
        } catch (HttpTimeoutException e) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "%s accepted the connection but did not answer %s within %d s"
                            .formatted(address, path, timeout.toSeconds()),
                    "The process may hang or be starved of CPU: look at its log, or try again with a longer --timeout.");
        } catch (ConnectException e) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "nothing answers at " + address,
                    "Is Peerscope running there? ./run starts it here; --url or PEERSCOPE_URL says where it is.");
        } catch (SSLException e) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "no trust in the certificate of %s: %s".formatted(address, e.getMessage()),
                    "--ca FILE names the authority (PEM) that has signed it; the host name must be in it, too.");
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "the connection to %s broke: %s".formatted(address, e.getMessage()),
                    "Is it Peerscope that listens there? Is a proxy in between? Try again; see the log of the service.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.wrong("interrupted", "");
        }
    }

    /** @throws Failure where the answer is none of success */
    public JsonNode wanted(String method, String path, Answer answer) {
        if (answer.ok()) {
            return answer.json();
        }
        String said = answer.json().path("detail").asText("");
        String what = "%s %s: %d%s".formatted(method, path, answer.status(), said.isEmpty() ? "" : ", " + said);
        throw switch (answer.status()) {
            case 401 ->
                new Failure(
                        ExitCode.DENIED,
                        what,
                        "The token is missing, mistyped or revoked: --token-file names a file with a valid one.");
            case 403 ->
                new Failure(
                        ExitCode.DENIED,
                        what,
                        "This token may not do that: use one of an admin (./run puts it into data/credentials/admin).");
            case 404 ->
                Failure.wrong(
                        what,
                        "Look at the name; and is " + address + " the gateway or query-api, and not another one?");
            case 429 -> Failure.wrong(what, "Too many requests: wait a moment and try again.");
            case 502, 503, 504 ->
                Failure.wrong(what, "A part of Peerscope is away. `peerscope doctor` says which one.");
            default -> Failure.wrong(what, answer.status() >= 500 ? "See the log of the service." : "");
        };
    }

    /** A part of a path or a value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
