package io.peerscope.notify.outbox;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.notify.deliver.Closures;
import io.peerscope.notify.deliver.DeliveryLog;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** {@code notifications.deliveries}: written after each attempt and read back at the start. */
public final class KafkaDeliveryLog implements DeliveryLog, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaDeliveryLog.class);
    /** Ids that are kept, some 130 bytes each. */
    static final int REMEMBERED = 200_000;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RecordWriter writer;
    private final RecordLoop loop;
    private final Map<String, String> dealtWith = Collections.synchronizedMap(new Newest());
    /** Fallback by channel and alert. */
    private final Map<String, String> toldInstead = Collections.synchronizedMap(new Newest());

    private final Closures closures = new Closures();

    /** By channel and alert. */
    private final Map<String, String> heard = Collections.synchronizedMap(new Newest());

    public KafkaDeliveryLog(KafkaClients clients) {
        this.writer = new RecordWriter(clients, "notifier-deliveries");
        this.loop = new RecordLoop(
                clients,
                "notifier-deliveries-reader",
                List.of(Topic.NOTIFICATIONS_DELIVERIES),
                RecordLoop.From.BEGINNING,
                this::remember);
    }

    /** Ids in the order they came; the oldest is forgotten. */
    private static final class Newest extends LinkedHashMap<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    }

    public KafkaDeliveryLog start() {
        loop.start();
        return this;
    }

    public boolean caughtUp() {
        return loop.caughtUp();
    }

    public Condition condition() {
        return loop.condition();
    }

    @Override
    public void write(DeliveryRecord attempt) throws InterruptedException {
        remember(attempt);
        tell(attempt);
        while (true) {
            try {
                writer.write(Topic.NOTIFICATIONS_DELIVERIES, attempt.id(), Json.encode(attempt));
                return;
            } catch (KafkaUnavailableException e) {
                LOG.warnf("delivery %s cannot be written down yet: %s", attempt.id(), e.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Without the detail, which may hold what the other side said; it is in the record. */
    private static void tell(DeliveryRecord attempt) {
        String what = "%s %s to %s, attempt %d"
                .formatted(attempt.status().word(), attempt.id(), attempt.channelId(), attempt.attempts());
        if (attempt.cause() == null) {
            LOG.info(what);
        } else {
            LOG.warnf("%s: %s", what, attempt.cause());
        }
    }

    @Override
    public boolean dealtWith(String deliveryId) {
        return dealtWith.containsKey(deliveryId);
    }

    @Override
    public Optional<String> toldInstead(String channelId, String alertId) {
        return Optional.ofNullable(toldInstead.get(place(channelId, alertId)));
    }

    @Override
    public boolean heard(String channelId, String alertId) {
        String place = place(channelId, alertId);
        return heard.containsKey(place) || toldInstead.containsKey(place);
    }

    @Override
    public Optional<DeliveryRecord> closed(String channelId) {
        return closures.of(channelId);
    }

    private static String place(String channelId, String alertId) {
        return channelId + "/" + alertId;
    }

    private void remember(ConsumerRecord<String, byte[]> row) {
        if (row.value() == null) {
            throw new MalformedRecordException("a delivery without a value");
        }
        remember(Json.decode(row.value(), DeliveryRecord.class));
    }

    private void remember(DeliveryRecord attempt) {
        closures.hear(attempt);
        String fallback = attempt.fallback();
        if (fallback != null) {
            attempt.alertIds().forEach(alert -> toldInstead.put(place(attempt.channelId(), alert), fallback));
        }
        if (attempt.status() == Status.SENT) {
            attempt.alertIds().forEach(alert -> heard.put(place(attempt.channelId(), alert), ""));
        }
        if (attempt.status() != Status.RETRYING) {
            dealtWith.put(attempt.id(), "");
        }
    }

    @Override
    public void close() {
        loop.close();
        writer.close();
    }
}
