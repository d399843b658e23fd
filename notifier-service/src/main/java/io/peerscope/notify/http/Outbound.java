package io.peerscope.notify.http;

import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.foundation.net.TargetUrl;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.form.Letter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * POSTs letters. Connects to the address that was judged (Vert.x lets address and host name differ, the JDK's client does
 * not), follows no redirect, and reads nothing of what comes back but the beginning of a 429, where Discord says how long
 * to wait. Each attempt has a connection of its own, so the address is judged each time and nothing is left of an attempt
 * that hung. Thread-safe.
 */
public final class Outbound implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Outbound.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    /** How long the other side may take to finish an answer whose status is known. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final int TOO_MANY = 429;
    /** Of its body. */
    private static final int READ_LIMIT = 2048;

    private final Vertx vertx;
    private final HttpClient http;
    private final TargetAddress addresses;
    private final Duration answerLimit;

    public Outbound(Vertx vertx, TargetAddress addresses) {
        this(vertx, addresses, ANSWER_LIMIT);
    }

    Outbound(Vertx vertx, TargetAddress addresses, Duration answerLimit) {
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

    /** @param domains the only ones it may go to; empty: any */
    public Delivery post(Letter letter, List<String> domains, Instant now) throws InterruptedException {
        try {
            TargetUrl target = TargetUrl.parse(letter.url());
            InetAddress address = addresses.resolve(target, domains);
            return post(request(target, address, letter), letter.body()).judge(now);
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

    private static RequestOptions request(TargetUrl target, InetAddress address, Letter letter) {
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
                .putHeader("Content-Type", letter.contentType())
                .putHeader("User-Agent", "Peerscope");
        letter.headers().forEach(options::putHeader);
        return options;
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
                    .onSuccess(response -> hear(response, answer));
        });
        try {
            return answer.get(answerLimit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(false);
        }
    }

    /** A body that keeps coming must not keep the connection. */
    private void hear(HttpClientResponse response, CompletableFuture<Answer> answer) {
        Buffer read = Buffer.buffer();
        Runnable done = () -> answer.complete(new Answer(
                response.statusCode(), response.getHeader("Retry-After"), read.toString(StandardCharsets.UTF_8)));
        if (response.statusCode() == TOO_MANY) {
            response.handler(piece -> {
                if (read.length() < READ_LIMIT) {
                    read.appendBuffer(piece, 0, Math.min(piece.length(), READ_LIMIT - read.length()));
                }
            });
        } else {
            done.run();
        }
        long timer = vertx.setTimer(FAREWELL.toMillis(), late -> {
            done.run();
            response.request().connection().close();
        });
        response.end().onComplete(end -> {
            vertx.cancelTimer(timer);
            done.run();
        });
    }

    /** Nothing of what the other side said, and no addresses: people without access to our network read it. */
    static String reason(@Nullable Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> "no connection";
            case NoRouteToHostException unreachable -> "there is no way to that address";
            case SSLException tls -> "no TLS connection: " + tls.getMessage();
            case HttpClosedException closed -> "the connection was closed before an answer came";
            case null -> "unknown";
            default -> {
                LOG.debugf(failure, "a request failed");
                yield "the connection broke, or what came over it was no HTTP";
            }
        };
    }

    @Override
    public void close() {
        http.close();
        addresses.close();
    }
}
