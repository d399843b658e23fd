package io.peerscope.query.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.query.oidc.OidcRefusedException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Speaks to the provider: no redirects, a few seconds, a bounded answer, certificates checked with their names. */
final class ProviderHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long LONGEST_ANSWER = 1 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /** An answer, whose body is JSON. */
    record Answer(int status, JsonNode body) {}

    Answer get(URI address) throws OidcRefusedException {
        return send(HttpRequest.newBuilder(address).GET(), address);
    }

    Answer post(URI address, String form, String... headers) throws OidcRefusedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, address);
    }

    private Answer send(HttpRequest.Builder request, URI address) throws OidcRefusedException {
        CompletableFuture<HttpResponse<byte[]>> answered =
                client.sendAsync(request.header("Accept", "application/json").build(), info -> new Bounded());
        try {
            // The request's own timeout ends with the headers of the answer.
            HttpResponse<byte[]> answer = answered.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), Json.mapper().readTree(answer.body()));
        } catch (ExecutionException | TimeoutException | IOException e) {
            answered.cancel(true);
            throw new OidcRefusedException(Reason.PROVIDER_AWAY, address + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OidcRefusedException(Reason.PROVIDER_AWAY, address + ": interrupted", e);
        }
    }

    /** A body that is given up once it is too long. */
    private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
        private final HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
        private Flow.@Nullable Subscription subscription;
        private long left = LONGEST_ANSWER;

        @Override
        public CompletionStage<byte[]> getBody() {
            return all.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription offered) {
            subscription = offered;
            all.onSubscribe(offered);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            left -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (left >= 0) {
                all.onNext(buffers);
            } else if (subscription != null) {
                subscription.cancel();
                all.onError(new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes"));
            }
        }

        @Override
        public void onError(Throwable broken) {
            all.onError(broken);
        }

        @Override
        public void onComplete() {
            all.onComplete();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
