package io.peerscope.alert.topology;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.TopicEnds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Asks the brokers where the topic of points ends, and how far the group that judges it has come. While they do not
 * answer nothing more is known, and so nothing is decided by the clock.
 */
public final class TopicPointsRead implements PointsRead, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicPointsRead.class);
    private static final String NOT_KNOWN = "how far the points are judged is not known";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    /** Whoever reads and stands still so long has nothing to read, or trouble; milliseconds. */
    private static final long LONG = 3_000;

    private final KafkaClients clients;
    private final TopicEnds ends;
    private final LongSupplier clock;
    private final Passed passed = new Passed();
    private volatile Map<Integer, Long> until = Map.of();
    private volatile String trouble = "";
    private volatile boolean closed;

    private TopicPointsRead(KafkaClients clients, LongSupplier clock) {
        this.clients = clients;
        this.ends = new TopicEnds(clients, "alert-topic-ends");
        this.clock = clock;
    }

    /** @param clock the one that those see who ask; epoch milliseconds */
    public static TopicPointsRead start(KafkaClients clients, LongSupplier clock) {
        TopicPointsRead reading = new TopicPointsRead(clients, clock);
        Thread.ofVirtual().name("alert-points-read").start(reading::watch);
        return reading;
    }

    @Override
    public long until(int partition) {
        return until.getOrDefault(partition, 0L);
    }

    /** Degraded while nobody says. */
    public Condition condition() {
        String why = trouble;
        return why.isEmpty() ? Condition.ok() : new Condition.Degraded(NOT_KNOWN + ": " + why);
    }

    private void watch() {
        while (!closed) {
            try {
                look();
                if (!trouble.isEmpty()) {
                    LOG.info("how far the points are judged is known again");
                    trouble = "";
                }
            } catch (RuntimeException e) {
                // Whatever it is: who stopped asking would decide nothing by the clock for ever.
                if (trouble.isEmpty() && !closed) {
                    LOG.warnf("%s: %s; asking on", NOT_KNOWN, e);
                }
                trouble = e.toString(); // not every exception has a message
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        ends.close();
    }

    private void look() {
        long now = clock.getAsLong();
        Map<TopicPartition, Long> ending = ends.of(Topic.METRICS_POINTS);
        passed.ends(now, byPartition(ending));
        passed.positions(now, byPartition(ends.committed(Application.ALERT, ending.keySet())));
        passed.gaps(now, LONG).stream().filter(this::isEmpty).forEach(gap -> passed.passed(gap.partition()));
        until = passed.until();
    }

    /**
     * Ends of transactions take offsets, too, and whoever restarts between such a mark and the next record stays before it;
     * what was deleted leaves a gap as well.
     */
    private boolean isEmpty(Passed.Gap gap) {
        TopicPartition points = new TopicPartition(Topic.METRICS_POINTS.topicName(), gap.partition());
        try (var consumer =
                clients.consumer("alert-points-gap", Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))) {
            consumer.assign(List.of(points));
            consumer.seek(points, gap.from());
            boolean empty = consumer.poll(Duration.ofSeconds(1)).isEmpty();
            return empty && consumer.position(points) >= gap.to();
        }
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byPartition = new HashMap<>();
        offsets.forEach((partition, offset) -> byPartition.put(partition.partition(), offset));
        return byPartition;
    }

    @Override
    public void close() {
        closed = true;
    }
}
