package io.peerscope.notify.http;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.form.DiscordForm;
import io.peerscope.notify.form.WebhookForm;
import io.peerscope.notify.form.WebhookSignature;
import io.peerscope.notify.message.Links;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Vertx vertx = Vertx.vertx();
    private final Outbound outbound = new Outbound(vertx, new TargetAddress(true, List.of(443)));
    private final HttpSender sender = new HttpSender(WebhookForm.ofAlerts(), outbound);
    private final BlockingQueue<Map<String, String>> heads = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String said = "";
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
            exchange.sendResponseHeaders(status, said.isEmpty() ? -1 : said.length());
            exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        outbound.close();
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
                        "signature", WebhookSignature.of(SECRET, "msg_1", T0, body.getBytes(StandardCharsets.UTF_8)));
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
    void discord_says_in_its_body_how_long_to_wait() throws InterruptedException {
        status = 429;
        said = "{\"message\":\"You are being rate limited.\",\"retry_after\":64.57,\"global\":false}";

        assertThat(new HttpSender(new DiscordForm(Links.none()), outbound).send(message(), T0))
                .isEqualTo(new Delivery.Retry(Optional.of(Duration.ofMillis(64_570)), Cause.RATE_LIMITED, "HTTP 429"));
    }

    @Test
    void two_secrets_are_two_signatures() throws InterruptedException {
        String old = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

        sender.send(to("http://127.0.0.1:" + server.getAddress().getPort() + "/", SECRET + " " + old), T0);

        byte[] body = bodies.take().getBytes(StandardCharsets.UTF_8);
        assertThat(heads.take())
                .containsEntry(
                        "signature",
                        WebhookSignature.of(SECRET, "msg_1", T0, body) + " "
                                + WebhookSignature.of(old, "msg_1", T0, body));
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

    @ParameterizedTest
    @ValueSource(strings = {"whsec_not base64!", "whsec_", "secret", "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void a_secret_of_another_form_is_refused_and_not_repeated(String secret) throws InterruptedException {
        OutboxMessage message = to("http://127.0.0.1:" + server.getAddress().getPort() + "/", secret);

        assertThat(sender.send(message, T0)).isInstanceOfSatisfying(Delivery.Refused.class, refused -> {
            assertThat(refused.cause()).isEqualTo(Cause.NOT_CONFIGURED);
            assertThat(refused.detail()).doesNotContain("MfKQ").doesNotContain("not base64");
        });
        assertThat(heads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost/",
                "http://2130706433/",
                "http://127.1/",
                "http://0/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:a00:1]/",
                "http://169.254.169.254/latest/meta-data",
            })
    void ones_own_network_is_out_of_reach_however_it_is_written(String url) throws InterruptedException {
        try (Outbound strict = new Outbound(vertx, new TargetAddress(false, List.of(443)))) {
            assertThat(new HttpSender(WebhookForm.ofAlerts(), strict).send(to(url, SECRET), T0))
                    .isInstanceOfSatisfying(Delivery.Refused.class, refused -> assertThat(refused.cause())
                            .isEqualTo(Cause.ADDRESS_FORBIDDEN));
        }
    }

    @Test
    void an_ipv6_address_is_named_as_a_host_should_be() throws Exception {
        assumeTrue(NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null, "no IPv6 here");
        HttpServer six = HttpServer.create(new InetSocketAddress("::1", 0), 0);
        six.createContext("/", exchange -> {
            bodies.add(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        six.start();
        int port = six.getAddress().getPort();

        assertThat(sender.send(to("http://[::1]:" + port + "/", SECRET), T0)).isEqualTo(new Delivery.Sent());
        assertThat(bodies.take()).isEqualTo("[::1]:" + port);
        six.stop(0);
    }

    private static OutboxMessage to(String url, String secret) {
        Channel there = Alerts.to(webhook("ops"), new Channel.Target(url, secret, List.of(), null));
        return new OutboxMessage(
                "msg_1",
                there,
                MessageType.FIRING,
                T0,
                List.of(firing("h1", WARNING).data()));
    }

    private OutboxMessage message() {
        return to("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b", SECRET);
    }
}
