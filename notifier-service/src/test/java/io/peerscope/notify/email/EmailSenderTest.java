package io.peerscope.notify.email;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.email.MailServer.Tls;
import io.peerscope.notify.message.Links;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmailSenderTest extends MailServerTests {
    @Test
    void text_and_html_go_to_every_recipient() throws Exception {
        assertThat(send(server(Tls.OFF), message("h1", "a@example.org", "b@example.org")))
                .isEqualTo(new Delivery.Sent());

        MimeMessage[] received = mails.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getSubject()).isEqualTo("[WARNING] cpu_usage on h1");
        assertThat(received[0].getAllRecipients()).hasSize(2);
        assertThat(received[0].getFrom()[0]).hasToString("peerscope@example.org");
        Multipart parts = (Multipart) received[0].getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("Where        h1");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("<table");
    }

    @Test
    void the_message_id_is_ours_and_there_is_one() throws Exception {
        send(server(Tls.OFF), message("h1", "a@example.org"));
        send(server(Tls.OFF), message("h1", "a@example.org"));

        for (MimeMessage received : mails.getReceivedMessages()) {
            assertThat(received.getHeader("Message-ID")).containsExactly("<msg_1@peerscope>");
        }
    }

    @Test
    void a_host_name_adds_no_header_and_no_markup() throws Exception {
        send(
                server(Tls.OFF),
                message("x\r\nBcc: evil@example.org\r\n\r\n</pre><script>\u202E\uD83D\uDE00", "a@example.org"));

        MimeMessage[] received = mails.getReceivedMessages();
        assertThat(received).hasSize(1);
        assertThat(received[0].getHeader("Bcc")).isNull();
        assertThat(received[0].getSubject())
                .doesNotContain("\r", "\n", "\u202E")
                .contains("x Bcc: evil@example.org");
        assertThat(html(received[0]))
                .doesNotContain("<script>")
                .contains("&lt;script&gt;")
                .contains("\uD83D\uDE00");
    }

    @Test
    void a_recipient_that_is_no_address_keeps_no_other_from_hearing() throws Exception {
        Delivery delivery = send(server(Tls.OFF), message("h1", "b@c>", "a@example.org"));

        assertThat(delivery).isInstanceOfSatisfying(Delivery.Sent.class, sent -> assertThat(sent.missed())
                .hasValueSatisfying(
                        missed -> assertThat(missed).contains("number 1").doesNotContain("b@c")));
        assertThat(mails.getReceivedMessages()).hasSize(1);
        assertThat(send(server(Tls.OFF), message("h1", "b@c>")))
                .isInstanceOfSatisfying(Delivery.Refused.class, refused -> assertThat(refused.cause())
                        .isEqualTo(Cause.NOT_CONFIGURED));
    }

    @Test
    void a_server_without_tls_gets_nothing_unless_that_is_wanted() throws InterruptedException {
        Delivery delivery = send(server(Tls.REQUIRED), message("h1", "a@example.org"));

        assertThat(delivery).isInstanceOf(Delivery.Retry.class);
        assertThat(mails.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_wrong_password_is_final() throws InterruptedException {
        mails.getUserManager().setAuthRequired(true);
        mails.setUser("ops@example.org", "ops", "right");
        MailServer server = new MailServer(
                "127.0.0.1", port(), Tls.OFF, Optional.of("ops"), Optional.of("wrong"), "peerscope@example.org");

        assertThat(send(server, message("h1", "a@example.org")))
                .isInstanceOfSatisfying(Delivery.Refused.class, refused -> assertThat(refused.cause())
                        .isEqualTo(Cause.AUTH));
    }

    @Test
    void a_server_that_is_away_is_tried_again() throws InterruptedException {
        int port = port();
        mails.stop();

        assertThat(send(server(port, Tls.OFF), message("h1", "a@example.org")))
                .isEqualTo(Delivery.retry(Cause.UNREACHABLE, "no connection to the mail server"));
    }

    private MailServer server(Tls tls) {
        return server(port(), tls);
    }

    private Delivery send(MailServer server, OutboxMessage message) throws InterruptedException {
        return new EmailSender(vertx, server, Links.none()).send(message, T0);
    }

    private static String html(MimeMessage received) throws MessagingException, IOException {
        return ((Multipart) received.getContent()).getBodyPart(1).getContent().toString();
    }

    private static OutboxMessage message(String host, String... recipients) {
        return Alerts.message(
                "msg_1",
                Alerts.email("ops", List.copyOf(Arrays.asList(recipients))),
                MessageType.FIRING,
                firing(host, WARNING).data());
    }
}
