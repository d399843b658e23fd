package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.message.WebhookBody;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * POSTs JSON signed by Standard Webhooks. Connects to the address that was judged (Vert.x lets address and host name
 * differ, the JDK's client does not), follows no redirect and does not read what comes back.
 */
public final class WebhookSender implements Sender, AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    private static final int GONE = 410;

    private final HttpClient http;
    private final TargetAddress addresses;

    public WebhookSender(Vertx vertx, TargetAddress addresses) {
        this.addresses = addresses;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setKeepAlive(true)
                .setKeepAliveTimeout(20)
                .setMaxPoolSize(16)
                .setVerifyHost(true));
    }

    private record Answer(int status, Optional<String> retryAfter) {}

    @Override
    public Delivery send(OutboxMessage message, Instant now) throws InterruptedException {
        try {
            String url = Optional.ofNullable(message.channel().url()).orElse("");
            URI target = new URI(url);
            if (target.getHost() == null || !"https http".contains(String.valueOf(target.getScheme()))) {
                return new Delivery.Refused(Cause.NOT_CONFIGURED, "the channel has no http(s) address");
            }
            InetAddress address = addresses.resolve(target.getHost());
            return judge(post(target, address, message, now), now);
        } catch (URISyntaxException e) {
            return new Delivery.Refused(Cause.NOT_CONFIGURED, "the channel's address cannot be read");
        } catch (TargetAddress.ForbiddenException e) {
            return new Delivery.Refused(Cause.ADDRESS_FORBIDDEN, String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return new Delivery.Retry(Optional.empty(), Cause.UNREACHABLE, "the host name is not known");
        } catch (TimeoutException e) {
            return new Delivery.Retry(
                    Optional.empty(), Cause.TIMEOUT, "no answer within " + ANSWER_LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Delivery.Retry(Optional.empty(), Cause.UNREACHABLE, String.valueOf(e.getCause()));
        } catch (IllegalArgumentException e) {
            return new Delivery.Refused(Cause.NOT_CONFIGURED, String.valueOf(e.getMessage()));
        }
    }

    private Answer post(URI target, InetAddress address, OutboxMessage message, Instant now)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean tls = "https".equals(target.getScheme());
        int port = target.getPort() > 0 ? target.getPort() : tls ? 443 : 80;
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        byte[] body = WebhookBody.of(message);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(target.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(target.getRawQuery() == null ? path : path + "?" + target.getRawQuery())
                .setTimeout(ANSWER_LIMIT.toMillis())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Peerscope")
                .putHeader("webhook-id", message.id())
                .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        String secret = message.channel().secret();
        if (secret != null && !secret.isEmpty()) {
            options.putHeader("webhook-signature", WebhookSignature.of(secret, message.id(), now, body));
        }
        Future<Answer> answer = http.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .map(WebhookSender::answer);
        return answer.toCompletionStage()
                .toCompletableFuture()
                .get(CONNECT_LIMIT.plus(ANSWER_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Status and header are all we want; a body that keeps coming must not keep the connection. */
    private static Answer answer(HttpClientResponse response) {
        Answer answer = new Answer(response.statusCode(), Optional.ofNullable(response.getHeader("Retry-After")));
        String length = response.getHeader("Content-Length");
        if (length == null || length.length() > 4) {
            response.request().connection().close();
        }
        return answer;
    }

    static Delivery judge(Answer answer, Instant now) {
        int status = answer.status();
        Optional<Duration> after = RetryAfter.parse(answer.retryAfter().orElse(null), now);
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
    }
}
