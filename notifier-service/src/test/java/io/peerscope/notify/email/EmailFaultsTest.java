package io.peerscope.notify.email;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.DeliveryRun;
import io.peerscope.notify.email.MailServer.Tls;
import io.peerscope.notify.email.ScriptedMailServer.Does;
import io.peerscope.notify.message.Links;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A storm of alerts for a channel of type email, to a server that fails every other time: all of them are named. */
class EmailFaultsTest extends MailServerTests {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final DeliveryRun run = new DeliveryRun();

    @ParameterizedTest
    @EnumSource(value = Does.class)
    void every_alert_is_named_whatever_the_server_does(Does fault) throws Exception {
        AtomicInteger mail = new AtomicInteger();
        // To wait for one that hangs takes time, so it does it once.
        boolean once = fault == Does.HANG || fault == Does.DRIP;
        // It has no TLS for anyone, and what is written there is read by all: the other channel is told.
        boolean always = fault == Does.NO_STARTTLS;
        try (ScriptedMailServer server = new ScriptedMailServer(port(), () -> {
            int turn = mail.getAndIncrement();
            return always || (once ? turn == 0 : turn % 2 == 0) ? fault : Does.ACCEPT;
        })) {
            Channel main = Alerts.turned(
                    Alerts.email("main", List.of("main@example.org")), new Channel.Turn(0, List.of(), "other"));
            run.put(main);
            run.put(Alerts.as(ChannelType.SMS, Alerts.email("other", List.of("other@example.org"))));
            Set<String> hosts = run.storm(main);

            EmailSender direct = sender(port(), Tls.OFF, LONG);
            run.deliver(Map.of(
                    ChannelType.EMAIL,
                    sender(server.port(), always ? Tls.REQUIRED : Tls.OFF, once ? SHORT : LONG),
                    // Another way out; what it is like does not matter here.
                    ChannelType.SMS,
                    direct));

            assertThat(named("main@example.org", 0)).isEqualTo(named("main@example.org", 1));
            Set<String> named = named("main@example.org", 0);
            named.addAll(named("other@example.org", 0));
            assertThat(named).isEqualTo(hosts);
            switch (fault) {
                case ACCEPT, TEMPORARY, CLOSE -> {
                    assertThat(run.ends("main")).containsOnly(Status.SENT);
                    assertThat(ids("main@example.org"))
                            .as("what was taken is not sent again")
                            .doesNotHaveDuplicates();
                }
                case PERMANENT -> assertThat(run.ends("main")).contains(Status.SENT, Status.FAILED);
                case HANG, DRIP -> assertThat(run.ends("main")).contains(Status.SENT);
                case NO_STARTTLS -> {
                    assertThat(run.ends("main")).containsOnly(Status.FAILED);
                    assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL") || line.startsWith("DATA"));
                }
            }
        }
    }

    @Test
    void nothing_is_left_of_an_attempt_at_a_server_that_never_comes_to_the_point() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(0, () -> Does.DRIP)) {
            Delivery delivery = sender(server.port(), Tls.OFF, Duration.ofMillis(200))
                    .send(
                            Alerts.message(
                                    "msg_1",
                                    Alerts.email("ops", List.of("a@example.org")),
                                    MessageType.FIRING,
                                    Alerts.firing("h1", CRITICAL).data()),
                            T0);

            assertThat(delivery).isInstanceOf(Delivery.Retry.class);
            await().atMost(Duration.ofSeconds(10)).until(() -> server.left() == 1);
        }
    }

    private EmailSender sender(int port, Tls tls, Duration limit) {
        return new EmailSender(vertx, server(port, tls), Links.none(), limit);
    }

    /** @param part 0 is the text, 1 the HTML */
    private Set<String> named(String recipient, int part) throws MessagingException, IOException {
        Set<String> hosts = new TreeSet<>();
        for (MimeMessage mail : received(recipient)) {
            Multipart parts = (Multipart) mail.getContent();
            hosts.addAll(
                    DeliveryRun.hostsIn(parts.getBodyPart(part).getContent().toString()));
        }
        return hosts;
    }

    private List<String> ids(String recipient) throws MessagingException {
        List<String> ids = new ArrayList<>();
        for (MimeMessage mail : received(recipient)) {
            ids.add(mail.getMessageID());
        }
        return ids;
    }

    private List<MimeMessage> received(String recipient) throws MessagingException {
        List<MimeMessage> found = new ArrayList<>();
        for (MimeMessage mail : mails.getReceivedMessages()) {
            for (Address to : mail.getAllRecipients()) {
                if (to.toString().equals(recipient)) {
                    found.add(mail);
                }
            }
        }
        return found;
    }
}
