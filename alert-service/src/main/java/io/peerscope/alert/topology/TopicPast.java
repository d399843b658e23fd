package io.peerscope.alert.topology;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads the topic of points once more. Runs in the thread of the task, which has nothing better to do until it is done. */
public final class TopicPast implements PastPoints {
    private static final Logger LOG = Logger.getLogger(TopicPast.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /**
     * Windows that begin short are better than a task that waits for a broker, and one that takes longer than its
     * transaction may, which is 10 s, would be fenced and begin again; milliseconds.
     */
    private static final long PATIENCE = 5_000;

    /** The newest of them; more could not be read in time. */
    private static final long MOST = 250_000;

    private final KafkaClients clients;
    private final LongSupplier clock;

    /** @param clock milliseconds from any beginning */
    public TopicPast(KafkaClients clients, LongSupplier clock) {
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public void read(int partition, long since, long before, Consumer<PointBatch> to) {
        TopicPartition points = new TopicPartition(Topic.METRICS_POINTS.topicName(), partition);
        long begin = clock.getAsLong();
        long records = 0;
        try (var consumer = clients.consumer("alert-past-" + partition, Map.of())) {
            consumer.assign(List.of(points));
            OffsetAndTimestamp from =
                    consumer.offsetsForTimes(Map.of(points, since)).get(points);
            if (from == null || from.offset() >= before) {
                return;
            }
            consumer.seek(points, Math.max(from.offset(), before - MOST));
            while (consumer.position(points) < before) {
                for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
                    if (row.offset() < before) {
                        records++;
                        give(row.value(), to);
                    }
                }
                if (clock.getAsLong() - begin > PATIENCE) {
                    throw new KafkaException("not read within " + PATIENCE + " ms");
                }
            }
        } catch (KafkaException e) {
            LOG.warnf("Windows of partition %d are not full, after %d records: %s", partition, records, e.getMessage());
            return;
        }
        LOG.infof(
                "Windows of partition %d filled from %d records in %d ms",
                partition, records, clock.getAsLong() - begin);
    }

    private static void give(byte[] value, Consumer<PointBatch> to) {
        try {
            to.accept(AlertInput.points(value));
        } catch (MalformedRecordException unreadable) {
            LOG.debug("a dead letter, counted when it was judged", unreadable);
        }
    }
}
