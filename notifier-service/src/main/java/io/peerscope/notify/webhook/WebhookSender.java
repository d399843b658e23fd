package io.peerscope.notify.webhook;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.foundation.net.TargetUrl;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.message.WebhookBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * POSTs JSON signed by Standard Webhooks. Connects to the address that was judged (Vert.x lets address and host name
 * differ, the JDK's client does not), follows no redirect and does not read what comes back. Each attempt has a
 * connection of its own, so the address is judged each time and nothing is left of an attempt that hung.
 */
public final class WebhookSender implements Sender, AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    /** How long the other side may take to finish an answer whose status is known. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final int GONE = 410;

    private final Vertx vertx;
    private final HttpClient http;
    private final TargetAddress addresses;
    private final Duration answerLimit;

    public WebhookSender(Vertx vertx, TargetAddress addresses) {
        this(vertx, addresses, ANSWER_LIMIT);
    }

    WebhookSender(Vertx vertx, TargetAddress addresses, Duration answerLimit) {
        this.vertx = vertx;
        this.addresses = addresses;
        this.answerLimit = answerLimit;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setSslHandshakeTimeout(CONNECT_LIMIT.toSeconds())
                .setKeepAlive(false)
                .setMaxPoolSize(64)
                .setVerifyHost(true));
    }

    private record Answer(int status, @Nullable String retryAfter) {}

    @Override
    public Delivery send(OutboxMessage message, Instant now) throws InterruptedException {
        try {
            String url = Optional.ofNullable(message.channel().url()).orElse("");
            TargetUrl target = TargetUrl.parse(url);
            InetAddress address = addresses.resolve(target.host());
            return judge(post(request(target, address, message, now), WebhookBody.of(message)), now);
        } catch (TargetAddress.ForbiddenException e) {
            return new Delivery.Refused(Cause.ADDRESS_FORBIDDEN, String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return Delivery.retry(Cause.UNREACHABLE, "the host name is not known");
        } catch (TimeoutException e) {
            return Delivery.retry(Cause.TIMEOUT, "no answer within " + answerLimit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Delivery.retry(Cause.UNREACHABLE, reason(e.getCause()));
        } catch (IllegalArgumentException e) {
            return new Delivery.Refused(Cause.NOT_CONFIGURED, String.valueOf(e.getMessage()));
        }
    }

    private static RequestOptions request(TargetUrl target, InetAddress address, OutboxMessage message, Instant now) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setURI(target.path())
                .setFollowRedirects(false)
                // Vert.x forgets the brackets of an IPv6 address.
                .putHeader("Host", target.authority())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Peerscope")
                .putHeader("webhook-id", message.id())
                .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        String secret = message.channel().secret();
        return secret == null || secret.isEmpty()
                ? options
                : options.putHeader(
                        "webhook-signature", WebhookSignature.of(secret, message.id(), now, WebhookBody.of(message)));
    }

    private Answer post(RequestOptions options, byte[] body)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        http.request(options).onFailure(answer::completeExceptionally).onSuccess(request -> {
            // Whatever still happens on the connection once we have stopped waiting, it ends.
            answer.whenComplete((done, failure) -> {
                if (done == null) {
                    request.reset();
                }
            });
            request.send(Buffer.buffer(body))
                    .onFailure(answer::completeExceptionally)
                    .onSuccess(response -> {
                        farewell(response);
                        answer.complete(new Answer(response.statusCode(), response.getHeader("Retry-After")));
                    });
        });
        try {
            return answer.get(answerLimit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(false);
        }
    }

    /** Status and header are all we want; a body that keeps coming must not keep the connection. */
    private void farewell(HttpClientResponse response) {
        long timer = vertx.setTimer(
                FAREWELL.toMillis(), late -> response.request().connection().close());
        response.end().onComplete(end -> vertx.cancelTimer(timer));
    }

    /** Nothing of what the other side said, and no addresses: people without access to our network read it. */
    private static String reason(@Nullable Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> "no connection";
            case SSLException tls -> "no TLS connection: " + tls.getMessage();
            case null -> "unknown";
            default -> failure.getClass().getSimpleName();
        };
    }

    static Delivery judge(Answer answer, Instant now) {
        int status = answer.status();
        Optional<Duration> after = RetryAfter.parse(answer.retryAfter(), now);
        String detail = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return new Delivery.Sent();
        }
        return switch (status) {
            case 401, 403 -> new Delivery.Refused(Cause.AUTH, detail);
            case GONE -> new Delivery.Refused(Cause.CLIENT_ERROR, detail);
            case 429 -> new Delivery.Retry(after, Cause.RATE_LIMITED, detail);
            case 408 -> new Delivery.Retry(after, Cause.TIMEOUT, detail);
            default ->
                status >= 500
                        ? new Delivery.Retry(after, Cause.SERVER_ERROR, detail)
                        : new Delivery.Refused(
                                Cause.CLIENT_ERROR, detail + (status < 400 ? "; redirects are not followed" : ""));
        };
    }

    @Override
    public void close() {
        http.close();
        addresses.close();
    }
}
