package io.peerscope.notify.webhook;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
    private final Vertx vertx = Vertx.vertx();
    private final WebhookSender sender = new WebhookSender(vertx, new TargetAddress(true));
    private final BlockingQueue<Map<String, String>> heads = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile Optional<String> retryAfter = Optional.empty();

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            heads.add(Map.of(
                    "id", String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
                    "timestamp", String.valueOf(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
                    "signature", String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature")),
                    "path", exchange.getRequestURI().toString()));
            retryAfter.ifPresent(wait -> exchange.getResponseHeaders().set("Retry-After", wait));
            if (status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        sender.close();
        vertx.close();
        server.stop(0);
    }

    @Test
    void the_body_is_signed_by_standard_webhooks() throws InterruptedException {
        OutboxMessage message = message();

        assertThat(sender.send(message, T0)).isEqualTo(new Delivery.Sent());

        Map<String, String> head = heads.take();
        String body = bodies.take();
        assertThat(head)
                .containsEntry("id", "msg_1")
                .containsEntry("timestamp", Long.toString(T0.getEpochSecond()))
                .containsEntry(
                        "signature",
                        WebhookSignature.of(
                                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                "msg_1",
                                T0,
                                body.getBytes(StandardCharsets.UTF_8)));
        assertThat(body).contains("\"type\":\"alert.firing\"").contains("\"host\":\"h1\"");
    }

    /** The example of the specification's reference libraries. */
    @Test
    void the_signature_is_that_of_the_reference() {
        assertThat(WebhookSignature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        java.time.Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void too_many_requests_waits_as_told() throws InterruptedException {
        status = 429;
        retryAfter = Optional.of("7");

        assertThat(sender.send(message(), T0))
                .isEqualTo(new Delivery.Retry(Optional.of(Duration.ofSeconds(7)), Cause.RATE_LIMITED, "HTTP 429"));
    }

    @Test
    void a_failing_server_is_tried_again() throws InterruptedException {
        status = 500;

        assertThat(sender.send(message(), T0)).isInstanceOf(Delivery.Retry.class);
    }

    @Test
    void a_redirect_is_not_followed() throws InterruptedException {
        status = 302;

        assertThat(sender.send(message(), T0)).isInstanceOf(Delivery.Refused.class);
        assertThat(heads).hasSize(1);
    }

    @Test
    void a_closed_port_is_tried_again() throws InterruptedException {
        OutboxMessage message = message();
        server.stop(0);

        assertThat(sender.send(message, T0)).isInstanceOf(Delivery.Retry.class);
    }

    private OutboxMessage message() {
        Channel ops = webhook("ops");
        Channel here = new Channel(
                ops.id(),
                ops.type(),
                true,
                ops.minSeverity(),
                ops.matchers(),
                ops.cooldownSeconds(),
                ops.maxPerMinute(),
                ops.groupBy(),
                true,
                "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b",
                ops.secret(),
                List.of(),
                null);
        return new OutboxMessage(
                "msg_1",
                here,
                MessageType.FIRING,
                T0,
                List.of(firing("h1", WARNING).data()));
    }
}
