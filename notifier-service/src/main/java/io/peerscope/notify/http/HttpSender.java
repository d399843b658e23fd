package io.peerscope.notify.http;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.trace.Span;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.form.Form;
import io.peerscope.notify.form.Letter;
import java.time.Instant;

/** One letter a message, to the channel's own address. */
public final class HttpSender implements Sender {
    private final Form form;
    private final Outbound outbound;

    public HttpSender(Form form, Outbound outbound) {
        this.form = form;
        this.outbound = outbound;
    }

    @Override
    public Delivery send(OutboxMessage message, Instant now) throws InterruptedException {
        return send(message, now, Span.NONE);
    }

    @Override
    public Delivery send(OutboxMessage message, Instant now, Span attempt) throws InterruptedException {
        Letter letter;
        try {
            letter = form.write(message, now).within(attempt.traceparent());
        } catch (IllegalArgumentException e) {
            return new Delivery.Refused(Cause.NOT_CONFIGURED, String.valueOf(e.getMessage()));
        }
        return outbound.post(letter, message.channel().type().domains(), now);
    }
}
