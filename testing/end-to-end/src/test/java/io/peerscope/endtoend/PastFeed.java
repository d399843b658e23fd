package io.peerscope.endtoend;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.testkit.truth.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Hours of many hosts in seconds: records as ingest writes them, with the receive times of then. Points are out of order,
 * come twice, come again with other values, and come minutes, hours and days late.
 */
final class PastFeed {
    private static final long BATCH_MILLIS = 5_000;

    /**
     * @param step between two points of a subject
     * @param seed of everything that is random
     */
    record Plan(int hosts, Duration step, List<Stretch> stretches, long seed) {
        List<String> hostNames() {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < hosts; i++) {
                names.add("past-%03d".formatted(i));
            }
            return names;
        }
    }

    /** A time in which hosts report. */
    record Stretch(Instant from, Instant to) {}

    private record Arrival(long at, Point point) {}

    private final Random random;
    private final Reference reference;
    private final List<PointBatch> batches = new ArrayList<>();
    private int sent;

    PastFeed(Plan plan, Reference reference) {
        this.random = new Random(plan.seed());
        this.reference = reference;
        long end = plan.stretches().stream()
                .mapToLong(stretch -> stretch.to().toEpochMilli())
                .max()
                .orElseThrow();
        for (String host : plan.hostNames()) {
            addBatches(host, arrivals(host, plan, end));
        }
        batches.sort(Comparator.comparingLong(PointBatch::receivedAt));
    }

    /** Sends the part of everything up to that share, from 0 to 1; it is acknowledged when this returns. */
    void sendUntil(double share, Producer<String, byte[]> producer) throws Exception {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        for (int until = (int) (batches.size() * share); sent < until; sent++) {
            PointBatch batch = batches.get(sent);
            reference.take(batch);
            acknowledgements.add(producer.send(new ProducerRecord<>(
                    Topic.METRICS_POINTS.topicName(),
                    null,
                    batch.receivedAt(),
                    batch.host(),
                    PointBatchCodec.encode(batch))));
        }
        for (Future<RecordMetadata> each : acknowledgements) {
            each.get(150, TimeUnit.SECONDS); // longer than the producer itself tries
        }
    }

    int batches() {
        return batches.size();
    }

    private List<Arrival> arrivals(String host, Plan plan, long end) {
        List<Arrival> arrivals = new ArrayList<>();
        Subject self = new Subject(host, Subject.HOST, Labels.none());
        Subject link = new Subject(host, Subject.CONNECTION, Labels.of("peer", "peer-" + host));
        double sentBytes = 0;
        for (Stretch stretch : plan.stretches()) {
            long step = plan.step().toMillis();
            for (long time = stretch.from().toEpochMilli(); time < stretch.to().toEpochMilli(); time += step) {
                sentBytes = random.nextInt(200) == 0 ? 0 : sentBytes + random.nextInt(4_000);
                long at = time + random.nextInt((int) step);
                arrive(arrivals, end, Point.of(self, at, fields(sentBytes)));
                if (random.nextInt(3) == 0) {
                    arrive(
                            arrivals,
                            end,
                            Point.of(link, at, Map.of("latency_ms", quarter(800), "packet_loss", quarter(20))));
                }
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        return arrivals;
    }

    private Map<String, Double> fields(double sentBytes) {
        Map<String, Double> fields = new HashMap<>();
        fields.put("cpu_usage", quarter(100));
        fields.put("bytes_sent", sentBytes);
        if (random.nextInt(10) > 0) {
            fields.put("latency", quarter(600));
        }
        if (random.nextInt(4) == 0) {
            fields.put("custom_load", quarter(10_000) - 2_000);
        }
        return fields;
    }

    private double quarter(int below) {
        return random.nextInt(below * 4) / 4.0;
    }

    private void arrive(List<Arrival> arrivals, long end, Point point) {
        long at = Math.min(end, point.timestamp() + delay());
        arrivals.add(new Arrival(Math.max(at, point.timestamp()), point));
        if (random.nextInt(12) == 0) {
            arrivals.add(new Arrival(Math.max(point.timestamp(), Math.min(end, at + delay())), again(point)));
        }
    }

    /** Most are prompt. */
    private long delay() {
        int kind = random.nextInt(1000);
        if (kind < 800) {
            return random.nextInt(3_000);
        }
        if (kind < 960) {
            return random.nextInt(70_000);
        }
        return kind < 995 ? random.nextInt(7_200_000) : random.nextInt(12 * 86_400_000);
    }

    /** The same, or some of its fields with other values. */
    private Point again(Point point) {
        if (random.nextBoolean()) {
            return point;
        }
        Map<String, Double> fields = new TreeMap<>();
        for (String field : point.shape().fields()) {
            if (!field.equals("bytes_sent") && random.nextBoolean()) {
                fields.put(field, quarter(90));
            }
        }
        fields.put("custom_again", quarter(50));
        return Point.of(point.subject(), point.timestamp(), fields);
    }

    /** What arrives in a few seconds is one record; of one point in it there is one word. */
    private void addBatches(String host, List<Arrival> arrivals) {
        Map<List<Object>, Point> points = new HashMap<>();
        long last = 0;
        long begun = Long.MIN_VALUE;
        for (Arrival arrival : arrivals) {
            List<Object> identity =
                    List.of(arrival.point().subject(), arrival.point().timestamp());
            if (begun != Long.MIN_VALUE && (arrival.at() - begun > BATCH_MILLIS || points.containsKey(identity))) {
                addBatch(host, last, points);
                begun = arrival.at();
            }
            begun = begun == Long.MIN_VALUE ? arrival.at() : begun;
            last = arrival.at();
            points.put(identity, arrival.point());
        }
        addBatch(host, last, points);
    }

    private void addBatch(String host, long receivedAt, Map<List<Object>, Point> points) {
        List<Point> shuffled = new ArrayList<>(points.values());
        Collections.shuffle(shuffled, random);
        points.clear();
        batches.add(new PointBatch(host, "", receivedAt, receivedAt, "", 0, true, List.copyOf(shuffled)));
    }
}
