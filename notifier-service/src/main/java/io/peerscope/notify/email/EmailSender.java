package io.peerscope.notify.email;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Missed;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.message.AlertHtml;
import io.peerscope.notify.message.AlertText;
import io.peerscope.notify.message.Links;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.mailencoder.EmailAddress;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One mail, text and HTML, to all recipients of the channel. Not by quarkus-mailer, which is the same client without a
 * limit on how long a server may be silent. Each attempt has a client of its own: nothing else ends a conversation with a
 * server that never comes to its point, and ten of them would hold up every channel.
 */
public final class EmailSender implements Sender {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Replies that may be about what a mail says: it is too large, or taken for something bad. */
    private static final Set<Integer> OF_CONTENT = Set.of(552, 554);

    private final Vertx vertx;
    private final MailServer server;
    private final Links links;
    private final Duration limit;

    public EmailSender(Vertx vertx, MailServer server, Links links) {
        this(vertx, server, links, LIMIT);
    }

    EmailSender(Vertx vertx, MailServer server, Links links, Duration limit) {
        this.vertx = vertx;
        this.server = server;
        this.links = links;
        this.limit = limit;
    }

    @Override
    public Delivery send(OutboxMessage message, Instant now) throws InterruptedException {
        List<String> recipients = message.channel().target().recipients();
        List<String> addresses =
                recipients.stream().filter(EmailSender::isAddress).toList();
        if (addresses.isEmpty()) {
            return new Delivery.Refused(Cause.NOT_CONFIGURED, "the channel has no recipients, or none is an address");
        }
        // One recipient who is no more must not keep the others from hearing. The price: where none is accepted, the
        // client does not say with which reply.
        try (MailAttempt attempt = MailAttempt.open(vertx, server.toVertx().setAllowRcptErrors(addresses.size() > 1))) {
            MailResult result = attempt.send(mail(message, addresses))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Delivery.Sent(Missed.of(recipients, result.getRecipients()));
        } catch (TimeoutException e) {
            return Delivery.retry(Cause.TIMEOUT, "the mail server did not answer in time");
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    /** One that the client cannot read must not keep the others from hearing either. */
    private static boolean isAddress(String recipient) {
        try {
            new EmailAddress(recipient);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private MailMessage mail(OutboxMessage message, List<String> recipients) {
        MailMessage mail = new MailMessage()
                .setFrom(server.from())
                .setTo(recipients)
                .setSubject(AlertText.headline(message))
                .setText(AlertText.body(message, links))
                .setHtml(AlertHtml.of(message, links));
        return mail.addHeader("Message-ID", "<" + message.id() + "@peerscope>")
                // RFC 3834: no vacation notes, please.
                .addHeader("Auto-Submitted", "auto-generated");
    }

    /** SMTP replies of 500 and more are final (RFC 5321, 4.2.1), 53x is about who we are (RFC 4954, 6). */
    static Delivery failed(@Nullable Throwable failure) {
        return switch (failure) {
            case SMTPException smtp
            when smtp.getReplyCode() / 10 == 53 -> new Delivery.Refused(Cause.AUTH, detail(smtp));
            case SMTPException smtp
            when smtp.isPermanent() ->
                new Delivery.Refused(Cause.CLIENT_ERROR, detail(smtp), OF_CONTENT.contains(smtp.getReplyCode()));
            case SMTPException smtp -> Delivery.retry(Cause.SERVER_ERROR, detail(smtp));
            case UnknownHostException unknown ->
                Delivery.retry(Cause.UNREACHABLE, "the name of the mail server is not known");
            case ConnectException refused -> Delivery.retry(Cause.UNREACHABLE, "no connection to the mail server");
            case SSLException tls -> Delivery.retry(Cause.UNREACHABLE, "no TLS connection: " + tls.getMessage());
            case null -> Delivery.retry(Cause.UNREACHABLE, "unknown");
            default -> Delivery.retry(Cause.UNREACHABLE, String.valueOf(failure.getMessage()));
        };
    }

    private static String detail(SMTPException smtp) {
        return "SMTP " + smtp.getReplyCode() + " " + AlertText.clean(smtp.getReplyMessage());
    }
}
