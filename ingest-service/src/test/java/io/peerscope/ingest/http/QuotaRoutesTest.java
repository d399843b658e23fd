package io.peerscope.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.line.QueryRoute;
import io.peerscope.ingest.nativeformat.NativeProtocol;
import io.peerscope.ingest.quota.Quotas;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaRoutesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Door door = new Door(
            new FakeBatchLog(),
            HttpLimits.standard(),
            64 << 20,
            new Quotas(new Quotas.Rates(5, 1, Duration.ofSeconds(4)), Quotas.Rates.UNLIMITED, nanos::get));

    @AfterEach
    void close() {
        assertThat(door.inFlight.bytes()).isZero();
        assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        door.close();
    }

    private Response post(String token) throws Exception {
        return door.post(BodyPublishers.ofString(Door.POINT), "Authorization", "Bearer " + token);
    }

    @Test
    void everyAnswerShowsWhatIsLeftAndRetryAfterIsTrue() throws Exception {
        Response first = post("h1");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"requests\";q=20;w=4, \"samples\";q=4;w=4");
        assertThat(first.header("RateLimit")).isEqualTo("\"requests\";r=19;t=1, \"samples\";r=2;t=2");

        assertThat(post("h1").status()).isEqualTo(200);
        Response over = post("h1");
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.code()).isEqualTo("quota_exceeded");
        assertThat(over.header("Retry-After")).isEqualTo("1");
        assertThat(over.header("RateLimit")).contains("\"samples\";r=0;t=4");

        nanos.addAndGet(1_000_000_000L);
        Response decoded = post("h1");
        assertThat(decoded.status()).as("one sample is left, two came").isEqualTo(429);
        assertThat(decoded.header("Retry-After")).isEqualTo("1");
        nanos.addAndGet(1_000_000_000L);
        assertThat(post("h1").status()).isEqualTo(200);
    }

    @Test
    void aFleetIsUnlimitedAndIsToldNothing() throws Exception {
        for (int i = 0; i < 30; i++) {
            Response response = post("fleet");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("RateLimit")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NativeProtocol.PATH, QueryRoute.PATH})
    void whoGuessesTokensIsToldToStopAndWhoKnowsOneIsNot(String path) throws Exception {
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            Response response = door.post(path, "guess" + i, Door.POINT);
            assertThat(response.status()).isIn(401, 429);
            assertThat(response.status() == 429)
                    .isEqualTo(!response.header("Retry-After").isEmpty());
            refused += response.status() == 429 ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(post("fleet").status()).isEqualTo(200);
    }

    /** Whose answers must not have the header "Connection", or the client takes them for broken. */
    @ParameterizedTest
    @ValueSource(strings = {NativeProtocol.PATH, QueryRoute.PATH})
    void whoGuessesOverHttp2IsToldSoToo(String path) throws Exception {
        HttpRequest guess = door.request(path)
                .header("Authorization", "Bearer guess")
                .POST(BodyPublishers.ofString(Door.POINT))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<Void> answer = client.send(guess, BodyHandlers.discarding());
            for (int i = 0; i < 200; i++) {
                answer = client.send(guess, BodyHandlers.discarding());
            }
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(429);
        }
    }
}
