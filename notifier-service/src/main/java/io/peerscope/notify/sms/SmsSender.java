package io.peerscope.notify.sms;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Missed;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.form.SmsText;
import io.peerscope.notify.http.Outbound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text message to each recipient of a channel. Providers take one at a time and know no ids, so who has already been
 * told is remembered here and left out of the next attempt; after a crash in between, he is told again.
 */
public final class SmsSender implements Sender {
    /** Messages under way in this process; one a channel. */
    private static final int REMEMBERED = 1000;

    private final Map<String, SmsAccount> accounts;
    private final Outbound outbound;
    private final Map<String, Set<String>> reached = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param accounts by the name that channels give */
    public SmsSender(Map<String, SmsAccount> accounts, Outbound outbound) {
        this.accounts = Map.copyOf(accounts);
        this.outbound = outbound;
    }

    @Override
    public Delivery send(OutboxMessage message, Instant now) throws InterruptedException {
        Optional<SmsAccount> account = account(message.channel().target().account());
        if (account.isEmpty()) {
            return new Delivery.Refused(
                    Cause.NOT_CONFIGURED,
                    "no such SMS account; set peerscope.notify.sms.\"<name>\".* and name it as the channel's account");
        }
        List<String> recipients = message.channel().target().recipients();
        if (recipients.isEmpty()) {
            return new Delivery.Refused(Cause.NOT_CONFIGURED, "the channel has no recipients");
        }
        List<Delivery> failures = new ArrayList<>();
        Set<String> done = reached(message.id());
        for (String recipient : recipients) {
            if (!done.contains(recipient)) {
                Delivery one = outbound.post(
                        account.get().write(recipient, SmsText.of(message), message.id()), List.of(), now);
                if (one instanceof Delivery.Sent) {
                    done.add(recipient);
                } else {
                    failures.add(one);
                }
            }
        }
        return outcome(message, done, failures);
    }

    /** Whoever may still be reached is tried again; one who cannot must not keep the message from counting as sent. */
    private Delivery outcome(OutboxMessage message, Set<String> done, List<Delivery> failures) {
        Optional<Delivery> again =
                failures.stream().filter(Delivery.Retry.class::isInstance).findFirst();
        if (again.isPresent()) {
            return again.get();
        }
        forget(message.id());
        if (failures.isEmpty()) {
            return new Delivery.Sent();
        }
        if (!done.isEmpty()) {
            return new Delivery.Sent(Missed.of(message.channel().target().recipients(), done));
        }
        return failures.getFirst();
    }

    /** Where only one is configured, channels need not name it. */
    private Optional<SmsAccount> account(@Nullable String name) {
        return name == null && accounts.size() == 1
                ? accounts.values().stream().findFirst()
                : Optional.ofNullable(name).map(accounts::get);
    }

    private synchronized Set<String> reached(String messageId) {
        return reached.computeIfAbsent(messageId, id -> new HashSet<>());
    }

    private synchronized void forget(String messageId) {
        reached.remove(messageId);
    }
}
