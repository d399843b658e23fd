package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.message.AlertHtml;
import io.peerscope.notify.message.AlertText;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One mail, text and HTML, to all recipients of the channel; the server is {@code quarkus.mailer.*}. */
public final class EmailSender implements Sender {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ReactiveMailer mailer;

    public EmailSender(ReactiveMailer mailer) {
        this.mailer = mailer;
    }

    @Override
    public Delivery send(OutboxMessage message, Instant now) throws InterruptedException {
        if (message.channel().recipients().isEmpty()) {
            return new Delivery.Refused(Cause.NOT_CONFIGURED, "the channel has no recipients");
        }
        Mail mail = new Mail()
                .setTo(message.channel().recipients())
                .setSubject(AlertText.headline(message))
                .setText(AlertText.body(message))
                .setHtml(AlertHtml.of(message))
                .addHeader("Message-ID", "<" + message.id() + "@peerscope>");
        try {
            mailer.send(mail).subscribeAsCompletionStage().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Delivery.Sent();
        } catch (TimeoutException e) {
            return new Delivery.Retry(Optional.empty(), Cause.TIMEOUT, "the mail server did not answer in time");
        } catch (ExecutionException e) {
            return failed(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    /** SMTP answers stand in the text only: 5xx is final (RFC 5321 §4.2.1), everything else may pass. */
    static Delivery failed(String reason) {
        if (reason.matches("(?s).*\\b53[0-9]\\b.*")) {
            return new Delivery.Refused(Cause.AUTH, reason);
        }
        return reason.matches("(?s).*\\b5[0-9]{2}[ -].*")
                ? new Delivery.Refused(Cause.CLIENT_ERROR, reason)
                : new Delivery.Retry(Optional.empty(), Cause.UNREACHABLE, reason);
    }
}
