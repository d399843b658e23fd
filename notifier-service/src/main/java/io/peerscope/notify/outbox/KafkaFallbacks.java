package io.peerscope.notify.outbox;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.notify.deliver.Fallbacks;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Puts messages into the outbox again, for another channel. */
public final class KafkaFallbacks implements Fallbacks, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaFallbacks.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RecordWriter writer;

    public KafkaFallbacks(KafkaClients clients) {
        this.writer = new RecordWriter(clients, "notifier-fallbacks");
    }

    @Override
    public void tell(OutboxMessage message) throws InterruptedException {
        while (true) {
            try {
                writer.write(Topic.NOTIFICATIONS_OUTBOX, message.channel().id(), Json.encode(message));
                return;
            } catch (KafkaUnavailableException e) {
                LOG.warnf("message %s cannot go to the fallback yet: %s", message.id(), e.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
