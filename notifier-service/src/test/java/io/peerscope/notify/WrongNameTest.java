package io.peerscope.notify;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.email.EmailSender;
import io.peerscope.notify.email.MailServer;
import io.peerscope.notify.form.WebhookForm;
import io.peerscope.notify.http.HttpSender;
import io.peerscope.notify.http.Outbound;
import io.peerscope.notify.message.Links;
import io.peerscope.testkit.network.SelfSigned;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate is trusted, but says another name, is told nothing: neither by HTTP nor by mail. */
class WrongNameTest {
    private static final String TRUST = "javax.net.ssl.trustStore";

    @TempDir
    Path folder;

    private final AtomicInteger trusted = new AtomicInteger();
    private @Nullable SSLServerSocket server;

    @AfterEach
    void close() throws IOException {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST + "Password");
        requireNonNull(server).close();
    }

    @Test
    void by_http() throws Exception {
        assertThat(byHttp(serving("localhost"))).isEqualTo(new Delivery.Sent());
        assertThat(trusted).hasValue(1);

        assertThat(byHttp(serving("elsewhere.example"))).isInstanceOf(Delivery.Retry.class);
        assertThat(trusted).hasValue(1);
    }

    @Test
    void by_mail() throws Exception {
        byMail(serving("localhost"));
        assertThat(trusted).as("no mail server, but the right name").hasPositiveValue();
        int before = trusted.get();

        assertThat(byMail(serving("elsewhere.example"))).isInstanceOf(Delivery.Retry.class);
        assertThat(trusted).hasValue(before);
    }

    private static Delivery byHttp(int port) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try (Outbound outbound = new Outbound(vertx, new TargetAddress(true, List.of(443)))) {
            Channel channel = Alerts.at(Alerts.webhook("ops"), "https://localhost:" + port + "/hook");
            return send(new HttpSender(WebhookForm.ofAlerts(), outbound), channel);
        } finally {
            vertx.close();
        }
    }

    private static Delivery byMail(int port) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            MailServer mails = new MailServer(
                    "localhost",
                    port,
                    MailServer.Tls.IMPLICIT,
                    Optional.empty(),
                    Optional.empty(),
                    "peerscope@example.org");
            return send(
                    new EmailSender(vertx, mails, new Links(Optional.empty())),
                    Alerts.email("mail", List.of("a@example.org")));
        } finally {
            vertx.close();
        }
    }

    private static Delivery send(Sender sender, Channel channel) throws InterruptedException {
        return sender.send(
                Alerts.message(
                        "m",
                        channel,
                        MessageType.FIRING,
                        Alerts.firing("h1", WARNING).data()),
                Alerts.T0);
    }

    /** With a certificate for that name, which this JVM trusts from now on. */
    private int serving(String name) throws Exception {
        SelfSigned certificate = SelfSigned.named(name, folder);
        System.setProperty(TRUST, certificate.keys().toString());
        System.setProperty(TRUST + "Password", SelfSigned.PASSWORD);
        SSLServerSocket opened = (SSLServerSocket) certificate
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByName("localhost"));
        server = opened;
        Thread.ofVirtual().start(() -> serve(opened));
        return opened.getLocalPort();
    }

    private void serve(SSLServerSocket opened) {
        while (!opened.isClosed()) {
            try (SSLSocket client = (SSLSocket) opened.accept()) {
                client.startHandshake();
                trusted.incrementAndGet();
                client.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                assertThat(client.getInputStream().read()).isNotNegative();
            } catch (IOException e) {
                // Whoever does not like the name hangs up.
            }
        }
    }
}
