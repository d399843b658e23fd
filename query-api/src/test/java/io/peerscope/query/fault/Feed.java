package io.peerscope.query.fault;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.LateWindow;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.testkit.truth.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Random records of points, as ingest writes them, and beside them what the aggregator would say: that all of their
 * minutes closed before they came. Times are few, so points come again and again, with the same values and with others.
 */
final class Feed {
    private static final int HOSTS = 12;
    /** Before {@code now}; beyond the turn of a month. */
    private static final Duration REACH = Duration.ofHours(64);

    private final Producer<String, byte[]> producer;
    private final Reference reference;
    private final Instant now;
    private final Random random;
    private int vocabulary;

    private record Sent(PointBatch batch, Future<RecordMetadata> place) {}

    Feed(Producer<String, byte[]> producer, Reference reference, Instant now, long seed) {
        this.producer = producer;
        this.reference = reference;
        this.now = now;
        this.random = new Random(seed);
    }

    /** From now on there are fields and peers that nobody spoke of before. */
    void speakOfOtherThings() {
        vocabulary++;
    }

    /** Sends so many records; all are acknowledged when it returns. */
    void send(int records) throws Exception {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            PointBatch batch = batch("host-" + random.nextInt(HOSTS));
            reference.take(batch);
            sent.add(new Sent(
                    batch,
                    producer.send(new ProducerRecord<>(
                            Topic.METRICS_POINTS.topicName(), batch.host(), PointBatchCodec.encode(batch)))));
        }
        List<Future<RecordMetadata>> notices = new ArrayList<>();
        for (Sent each : sent) {
            RecordMetadata place = each.place().get(60, TimeUnit.SECONDS);
            notices.add(producer.send(notice(each.batch(), place)));
        }
        for (Future<RecordMetadata> notice : notices) {
            notice.get(60, TimeUnit.SECONDS);
        }
    }

    /** Sends records of which only raw points will be, too old to stay. */
    void sendAncient(int records) throws Exception {
        for (int i = 0; i < records; i++) {
            long time = now.minus(Duration.ofHours(600)).toEpochMilli() + random.nextInt(86_400_000);
            Point point = Point.of(new Subject("ancient", "host", Labels.none()), time, fields());
            PointBatch batch = new PointBatch("ancient", "", 0, now.toEpochMilli(), "", 0, false, List.of(point));
            producer.send(new ProducerRecord<>(
                            Topic.METRICS_POINTS.topicName(), "ancient", PointBatchCodec.encode(batch)))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private PointBatch batch(String host) {
        long receivedAt = now.minusMillis(random.nextInt(3_600_000)).toEpochMilli();
        Map<List<Object>, Point> points = new HashMap<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            Subject subject = random.nextInt(4) == 0
                    ? new Subject(
                            host, "connection", Labels.of(Map.of("peer", "peer-" + (vocabulary + random.nextInt(2)))))
                    : new Subject(host, "host", Labels.none());
            long time = time(receivedAt);
            points.put(List.of(subject, time), Point.of(subject, time, fields()));
        }
        return new PointBatch(host, "", 0, receivedAt, "", 0, false, List.copyOf(points.values()));
    }

    private long time(long receivedAt) {
        long back = random.nextInt(3) == 0
                ? random.nextInt(20) * 5_000L
                : random.nextInt(64) * 3_600_000L + random.nextInt(30) * 10_000L;
        return (receivedAt - Math.min(back, REACH.toMillis())) / 5_000 * 5_000;
    }

    private Map<String, Double> fields() {
        Map<String, Double> fields = new HashMap<>();
        fields.put("cpu_usage", random.nextInt(400) / 4.0);
        if (random.nextBoolean()) {
            fields.put("bytes_sent", (double) random.nextInt(1_000_000));
        }
        if (random.nextBoolean()) {
            fields.put("custom_" + (vocabulary + random.nextInt(3)), random.nextInt(40_000) / 4.0 - 5_000);
        }
        return fields;
    }

    private static ProducerRecord<String, byte[]> notice(PointBatch batch, RecordMetadata place) {
        List<LateWindow> windows = batch.points().stream()
                .map(point -> new LateWindow(point.subject(), MinuteWindow.startOf(point.timestamp())))
                .distinct()
                .toList();
        RollupBatch notice = new RollupBatch(batch.host(), MinuteWindow.LENGTH, List.of(), windows, place.offset());
        return new ProducerRecord<>(
                Topic.METRICS_ROLLUPS.topicName(), place.partition(), batch.host(), RollupBatchCodec.encode(notice));
    }
}
