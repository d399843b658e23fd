package io.peerscope.notify.outbox;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.notify.deliver.Returns;
import io.peerscope.notify.policy.Undelivered;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Puts what was not heard among the events on their way to the channel, where policy reads it in their order. */
public final class KafkaReturns implements Returns, AutoCloseable {
    /** The header that tells such a record from an alert's event. */
    public static final String HEADER = "undelivered";

    private static final Logger LOG = Logger.getLogger(KafkaReturns.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RecordWriter writer;

    public KafkaReturns(KafkaClients clients) {
        this.writer = new RecordWriter(clients, "notifier-returns");
    }

    @Override
    public void giveBack(String channelId, Undelivered message) throws InterruptedException {
        while (true) {
            try {
                writer.writeAs(HEADER, Topic.NOTIFICATIONS_ROUTED, channelId, Json.encode(message));
                return;
            } catch (KafkaUnavailableException e) {
                LOG.warnf("that %s was not told cannot be noted yet: %s", channelId, e.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
