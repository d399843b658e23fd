package io.peerscope.notify.http;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.form.WebhookForm;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receivers that do what no receiver should; each attempt is over in time, and so is its connection. */
class HostileReceiverTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final Outbound outbound = new Outbound(vertx, new TargetAddress(true, List.of(443)), LIMIT);
    private final HttpSender sender = new HttpSender(WebhookForm.ofAlerts(), outbound);
    /** A word for each connection that the sender closed. */
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

    private final ServerSocket server = open();

    /** What the receiver does with a connection whose request it has begun to read. */
    private interface Behaviour {
        void answer(Socket connection) throws IOException;
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        outbound.close();
        vertx.close();
    }

    @Test
    void silence() throws InterruptedException {
        receive(HostileReceiverTest::readUntilClosed);

        assertThat(send()).isEqualTo(Delivery.retry(Cause.TIMEOUT, "no answer within 2 s"));
        assertThat(closed.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void a_head_that_drips() throws InterruptedException {
        receive(connection -> {
            write(connection, "HTTP/1.1 200 OK\r\n");
            drip(connection, "X-Slow: yes\r\n");
        });

        assertThat(send()).isEqualTo(Delivery.retry(Cause.TIMEOUT, "no answer within 2 s"));
        assertThat(closed.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void a_body_that_drips_does_not_matter() throws InterruptedException {
        receive(connection -> {
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n");
            drip(connection, "x");
        });

        assertThat(send()).isEqualTo(new Delivery.Sent());
        assertThat(closed.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void an_endless_body_is_not_read() throws InterruptedException {
        receive(connection -> {
            write(connection, "HTTP/1.1 200 OK\r\n\r\n");
            String block = "x".repeat(1 << 16);
            while (true) {
                write(connection, block);
            }
        });

        assertThat(send()).isEqualTo(new Delivery.Sent());
        assertThat(closed.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void an_endless_reason_to_wait_is_cut() throws InterruptedException {
        receive(connection -> {
            write(connection, "HTTP/1.1 429 Slow down\r\nRetry-After: 3\r\n\r\n");
            String block = "{" + "x".repeat(1 << 16);
            while (true) {
                write(connection, block);
            }
        });

        assertThat(send())
                .isEqualTo(new Delivery.Retry(Optional.of(Duration.ofSeconds(3)), Cause.RATE_LIMITED, "HTTP 429"));
        assertThat(closed.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void an_endless_head() throws InterruptedException {
        receive(connection -> {
            write(connection, "HTTP/1.1 200 OK\r\n");
            while (true) {
                write(connection, "X-Long: " + "x".repeat(1000) + "\r\n");
            }
        });

        assertThat(send()).isInstanceOf(Delivery.Retry.class);
        assertThat(closed.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void no_answer_at_all() throws InterruptedException {
        receive(connection -> {});

        assertThat(send()).isInstanceOf(Delivery.Retry.class);
    }

    @Test
    void nonsense() throws InterruptedException {
        receive(connection -> write(connection, "220 mail.example ESMTP\r\n\r\n"));

        assertThat(send()).isInstanceOf(Delivery.Retry.class);
    }

    private Delivery send() throws InterruptedException {
        OutboxMessage message = Alerts.message(
                "msg_1",
                Alerts.at(webhook("ops"), "http://127.0.0.1:" + server.getLocalPort() + "/"),
                MessageType.FIRING,
                firing("h1", WARNING).data());
        return sender.send(message, T0);
    }

    private void receive(Behaviour behaviour) {
        Thread.ofVirtual().start(() -> {
            try (Socket connection = server.accept()) {
                connection.getInputStream().read();
                behaviour.answer(connection);
            } catch (IOException e) {
                closed.add("closed");
            }
        });
    }

    private static void readUntilClosed(Socket connection) throws IOException {
        while (connection.getInputStream().read() >= 0) {
            // The request; then nothing.
        }
        throw new SocketException("end");
    }

    private static void drip(Socket connection, String drop) throws IOException {
        connection.setSoTimeout(100);
        byte[] request = new byte[1 << 16];
        while (true) {
            write(connection, drop);
            try {
                if (connection.getInputStream().read(request) < 0) {
                    throw new SocketException("end");
                }
            } catch (SocketTimeoutException e) {
                // That was the pause between two drops.
            }
        }
    }

    private static void write(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
