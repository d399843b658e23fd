package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A message that shows whether a channel works. It goes straight to the outbox: no policy may hold it back. */
public final class TestMessages {
    private final Outbox outbox;
    private final QueryClock clock;

    public TestMessages(Outbox outbox, QueryClock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @return the id under which its delivery will be found */
    String send(Channel channel) {
        Instant now = clock.source().instant();
        String id = "test-" + UUID.randomUUID();
        return outbox.send(new OutboxMessage(id, channel, MessageType.TEST, now, List.of(sample(id, now))));
    }

    /** An alert that never was, to show what messages look like. */
    static Alert sample(String id, Instant now) {
        return new Alert(
                id,
                "test",
                1,
                "example-host",
                new AlertSubject("host", Map.of()),
                "cpu_usage",
                AlertStatus.FIRING,
                Severity.INFO,
                93.5,
                90.0,
                now,
                now,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                "This is a test message; nothing is wrong.",
                Map.of(),
                true,
                false,
                null);
    }
}
