package io.peerscope.ingest.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.http.Doorkeeper.Access;
import io.peerscope.ingest.quota.Strangers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorRouteTest {
    private static final long NEWEST = 1_763_687_000_123L;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private boolean complete = true;

    @BeforeEach
    void open() {
        Router router = Router.router(vertx);
        new CursorRoute(
                        token -> switch (token) {
                            case "h1" -> new Access.Granted(new Sender.OneHost("h1"));
                            case "fleet" -> new Access.Granted(new Sender.AnyHost());
                            case "viewer" -> new Access.Reader();
                            case "expired" -> new Access.Expired(Instant.EPOCH);
                            case "early" -> new Access.NotYetKnown();
                            default -> new Access.Unknown();
                        },
                        new Strangers(System::nanoTime),
                        new CursorRoute.Cursors() {
                            @Override
                            public Optional<Cursor> of(String host) {
                                return host.equals("h1") ? Optional.of(new Cursor(NEWEST, 0)) : Optional.empty();
                            }

                            @Override
                            public boolean complete() {
                                return complete;
                            }
                        })
                .register(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<byte[]> ask(String token, String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + CursorRoute.PATH + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void aHostNeedNotNameItself() throws Exception {
        JsonNode answer = Json.mapper().readTree(ask("h1", "").body());

        assertThat(answer.toString())
                .isEqualTo("{\"host\":\"h1\",\"newest\":\"2025-11-21T01:03:20.123Z\",\"newest_ms\":1763687000123}");
    }

    @ParameterizedTest
    @CsvSource({
        "h1, ?host=h1, 200, ''",
        "h1, ?host=h2, 403, host_mismatch",
        "fleet, ?host=h1, 200, ''",
        "fleet, '', 400, missing_field",
        "fleet, ?host=%20, 400, bad_name",
        "viewer, ?host=h1, 200, ''",
        "viewer, ?hots=h1, 400, unknown_field",
        "nobody, ?host=h1, 401, unauthenticated",
        "'', ?host=h1, 401, unauthenticated",
        "expired, ?host=h1, 401, unauthenticated",
        "early, ?host=h1, 503, kafka_unavailable"
    })
    void theHostFleetsAndPeopleMayAsk(String token, String query, int status, String code) throws Exception {
        HttpResponse<byte[]> answer = ask(token, query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.mapper().readTree(answer.body()).path("code").asText()).isEqualTo(code);
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @Test
    void whoGuessesTokensIsToldToStop() throws Exception {
        HttpResponse<byte[]> answer = ask("guess", "");
        for (int i = 0; i < 200; i++) {
            answer = ask("guess" + i, "?host=h1");
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(ask("viewer", "?host=h1").statusCode()).isEqualTo(200);
    }

    @Test
    void aHostNeverHeardOfHasNothingOnceAllHostsAreKnown() throws Exception {
        JsonNode answer = Json.mapper().readTree(ask("fleet", "?host=h2").body());
        assertThat(answer.path("newest").isNull()).isTrue();
        assertThat(answer.path("newest_ms").isNull()).isTrue();

        complete = false;
        assertThat(ask("fleet", "?host=h2").statusCode()).isEqualTo(503);
        assertThat(ask("fleet", "?host=h1").statusCode()).isEqualTo(200);
    }
}
