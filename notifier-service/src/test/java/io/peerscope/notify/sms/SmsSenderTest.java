package io.peerscope.notify.sms;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.http.Outbound;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmsSenderTest {
    private static final String ANNA = "+4915100000001";
    private static final String BEN = "+4915100000002";

    private final Vertx vertx = Vertx.vertx();
    private final Outbound outbound = new Outbound(vertx, new TargetAddress(true, List.of(443)));
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    /** Recipients to whom nothing can be sent, with the status that says so. */
    private final Map<String, Integer> trouble = new ConcurrentHashMap<>();

    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String raw = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String body = raw.startsWith("{") ? raw : URLDecoder.decode(raw, StandardCharsets.UTF_8);
            logins.add(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = trouble.entrySet().stream()
                    .filter(entry -> body.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(201);
            if (status == 201) {
                received.add(exchange.getRequestURI() + " " + body);
            }
            exchange.sendResponseHeaders(status, -1);
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
    void twilio_gets_a_form_for_each_recipient() throws InterruptedException {
        assertThat(twilio().send(message(null, ANNA, BEN), T0)).isEqualTo(new Delivery.Sent());

        assertThat(received).hasSize(2).allMatch(one -> one.startsWith("/2010-04-01/Accounts/AC1/Messages.json "));
        assertThat(received.getFirst())
                .contains("To=" + ANNA)
                .contains("From=+15005550006")
                .contains("Body=[CRITICAL] cpu_usage on h1: h1 is hot");
        assertThat(logins).containsOnly("Basic QUMxOnNlY3JldA==");
    }

    @Test
    void a_gateway_gets_json_and_our_id() throws InterruptedException {
        SmsSender sender =
                new SmsSender(Map.of("own", new SmsAccount.Gateway(url() + "/send", "token", "Peerscope")), outbound);

        assertThat(sender.send(message("own", ANNA), T0)).isEqualTo(new Delivery.Sent());

        assertThat(received.getFirst())
                .startsWith(
                        "/send {\"id\":\"msg_1\",\"to\":\"" + ANNA + "\",\"from\":\"Peerscope\",\"text\":\"[CRITICAL]");
        assertThat(logins).containsOnly("Bearer token");
    }

    @Test
    void who_was_reached_is_left_out_of_the_next_attempt() throws InterruptedException {
        trouble.put(BEN, 503);
        SmsSender sender = twilio();

        assertThat(sender.send(message(null, ANNA, BEN), T0)).isInstanceOf(Delivery.Retry.class);
        trouble.clear();
        assertThat(sender.send(message(null, ANNA, BEN), T0)).isEqualTo(new Delivery.Sent());

        assertThat(received).hasSize(2);
        assertThat(received.get(1)).contains(BEN);
    }

    @Test
    void one_number_that_is_no_more_does_not_matter_to_the_others() throws InterruptedException {
        trouble.put(BEN, 400);

        assertThat(twilio().send(message(null, ANNA, BEN), T0))
                .isInstanceOfSatisfying(Delivery.Sent.class, sent -> assertThat(sent.missed())
                        .hasValueSatisfying(missed -> assertThat(missed).contains("1 of 2", "number 2")));
        assertThat(twilio().send(message(null, BEN), T0)).isInstanceOf(Delivery.Refused.class);
    }

    @Test
    void an_account_that_is_not_configured_is_named() throws InterruptedException {
        assertThat(twilio().send(message("other", ANNA), T0))
                .isInstanceOfSatisfying(Delivery.Refused.class, refused -> {
                    assertThat(refused.cause()).isEqualTo(Cause.NOT_CONFIGURED);
                    assertThat(refused.detail()).contains("peerscope.notify.sms");
                });
        assertThat(received).isEmpty();
    }

    @Test
    void what_is_secret_is_not_printed() {
        assertThat(Set.of(new SmsAccount.Twilio("u", "s", "secret", "f"), new SmsAccount.Gateway("u", "secret", "f"))
                        .toString())
                .doesNotContain("secret");
    }

    private SmsSender twilio() {
        return new SmsSender(Map.of("main", new SmsAccount.Twilio(url(), "AC1", "secret", "+15005550006")), outbound);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static OutboxMessage message(@Nullable String account, String... recipients) {
        return Alerts.message(
                "msg_1",
                Alerts.sms("pager", account, List.of(recipients)),
                MessageType.FIRING,
                Alerts.alert("h1", CRITICAL, AlertStatus.FIRING, null));
    }
}
