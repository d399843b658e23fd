package io.peerscope.notify.deliver;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.webhook;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.policy.Undelivered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A postman whose time passes only while he rests, and a receiver whose answers are written down before. */
abstract class PostmanTests {
    static final Delivery SENT = new Delivery.Sent();
    static final Delivery DOWN = Delivery.retry(Cause.SERVER_ERROR, "HTTP 500");

    static final Channel.Turn WITH_FALLBACK = new Channel.Turn(0, List.of(), "mail");

    final Deque<Delivery> answers = new ArrayDeque<>();
    final List<OutboxMessage> sent = new ArrayList<>();
    final List<Instant> attempts = new ArrayList<>();
    final Notebook log = new Notebook();
    final List<OutboxMessage> instead = new ArrayList<>();
    final List<Undelivered> returned = new ArrayList<>();
    final Map<String, Entry> others = new HashMap<>(Map.of("mail", new Entry.Present(webhook("mail"))));
    Entry entry = new Entry.Present(webhook("ops"));
    Instant now = T0;
    int restsUntilLost = Integer.MAX_VALUE;
    Runnable whileResting = () -> {};

    final Postman postman = postman(this::send);

    Postman postman(Sender sender) {
        return new Postman(
                Map.of(ChannelType.WEBHOOK, sender),
                (id, existedAt) -> id.equals("ops") ? entry : others.getOrDefault(id, new Entry.Removed()),
                log,
                instead::add,
                (id, message) -> returned.add(message),
                Backoff.standard(),
                () -> now,
                new Random(1));
    }

    Delivery send(OutboxMessage message, Instant at) {
        sent.add(message);
        attempts.add(at);
        return answers.remove();
    }

    static OutboxMessage message(String id) {
        return Alerts.message(
                id, webhook("ops"), MessageType.FIRING, firing("h1", WARNING).data());
    }

    static OutboxMessage test(String id) {
        return Alerts.message(id, webhook("ops"), MessageType.TEST);
    }

    /** Time passes only while it rests. */
    final class Hold implements Claim {
        private int rests;

        @Override
        public boolean held() {
            return rests < restsUntilLost;
        }

        @Override
        public void rest(Duration time) {
            rests++;
            now = now.plus(time);
            whileResting.run();
        }
    }
}
