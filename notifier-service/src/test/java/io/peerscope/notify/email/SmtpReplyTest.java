package io.peerscope.notify.email;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.message.Links;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mail server may say, by a server that says it. */
class SmtpReplyTest {
    private final Vertx vertx = Vertx.vertx();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    /** Beginning of a command to the reply; others are answered 250. */
    private final Map<String, String> replies = new TreeMap<>(Map.of("DATA", "354 go on", "QUIT", "221 bye"));

    SmtpReplyTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        server.close();
        vertx.close();
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 421 shutting down, retry",
        "MAIL, 451 try later, retry",
        "MAIL, 550 no such sender, refused",
        "MAIL, 530 authenticate first, auth",
        "RCPT, 450 greylisted, retry",
        "RCPT, 550 no such user, refused",
        "DATA, 452 disk full, retry",
        "DATA, 554 looks like spam, refused",
        "., 451 try later, retry",
        "., 554 looks like spam, refused",
    })
    void a_reply_of_four_hundred_passes_and_one_of_five_hundred_does_not(String command, String reply, String means)
            throws InterruptedException {
        replies.put(command, reply);
        Delivery delivery = send("a@example.org");

        String code = "SMTP " + reply.substring(0, 3);
        switch (delivery) {
            case Delivery.DryRun dryRun -> assertThat(means).isEqualTo("a mail is always meant");
            case Delivery.Retry retry -> {
                assertThat(means).isEqualTo("retry");
                assertThat(retry.detail()).startsWith(code);
            }
            case Delivery.Refused refused -> {
                assertThat(means).isEqualTo(refused.cause() == Cause.AUTH ? "auth" : "refused");
                assertThat(refused.detail()).startsWith(code);
            }
            case Delivery.Sent sent -> assertThat(means).isEqualTo("sent");
        }
    }

    @Test
    void one_recipient_who_is_no_more_does_not_keep_the_others_from_hearing() throws InterruptedException {
        replies.put("RCPT TO:<gone@", "550 no such user");

        assertThat(send("a@example.org", "gone@example.org", "b@example.org"))
                .isInstanceOfSatisfying(Delivery.Sent.class, sent -> assertThat(sent.missed())
                        .hasValueSatisfying(missed -> assertThat(missed)
                                .contains("1 of 3", "number 2")
                                .doesNotContain("gone@")));
    }

    @Test
    void a_connection_that_ends_in_the_middle_is_tried_again() throws InterruptedException {
        replies.put("MAIL", "");

        assertThat(send("a@example.org")).isInstanceOf(Delivery.Retry.class);
    }

    private Delivery send(String... recipients) throws InterruptedException {
        Thread.ofVirtual().start(this::serve);
        MailServer here = new MailServer(
                "127.0.0.1",
                server.getLocalPort(),
                MailServer.Tls.OFF,
                Optional.empty(),
                Optional.empty(),
                "peerscope@example.org");
        return new EmailSender(vertx, here, Links.none())
                .send(
                        Alerts.message(
                                "msg_1",
                                Alerts.email("ops", List.of(recipients)),
                                MessageType.FIRING,
                                firing("h1", WARNING).data()),
                        T0);
    }

    private void serve() {
        try (Socket connection = server.accept()) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            say(connection, "220 test");
            boolean inData = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (inData && !line.equals(".")) {
                    continue;
                }
                String reply = reply(line);
                if (reply.isEmpty()) {
                    return;
                }
                inData = reply.startsWith("354");
                say(connection, reply);
            }
        } catch (IOException e) {
            // The client need not wait for our last words.
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }

    /** The longest beginning counts. */
    private String reply(String line) {
        return replies.entrySet().stream()
                .filter(entry -> line.startsWith(entry.getKey()))
                .reduce((shorter, longer) -> longer)
                .map(Map.Entry::getValue)
                .orElse("250 fine");
    }

    private static void say(Socket connection, String reply) throws IOException {
        connection.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
