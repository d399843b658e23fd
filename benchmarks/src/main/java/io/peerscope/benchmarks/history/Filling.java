package io.peerscope.benchmarks.history;

import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts a past on the topics, in the order in which it would have come: points as ingest writes them, minutes as the
 * aggregator does.
 */
public final class Filling implements AutoCloseable {
    /** Minutes of a host in a record. The aggregator has one or a few; fewer records, the same rows. */
    private static final int MINUTES_A_RECORD = 10;

    private final Past past;
    private final Producer<String, byte[]> producer;

    public Filling(Past past, KafkaClients clients) {
        this.past = past;
        this.producer = clients.producer(
                "benchmark-past",
                Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 512 * 1024, ProducerConfig.LINGER_MS_CONFIG, 20));
    }

    /**
     * @param firstHost inclusive
     * @param lastHost exclusive
     * @param millis up to the end of the past
     * @param points of one host in a record
     * @return records written
     */
    public long points(int firstHost, int lastHost, long millis, int points) {
        long records = 0;
        for (long from = past.end() - millis; from < past.end(); from += points * Past.EVERY) {
            int left = (int) Math.min(points, (past.end() - from) / Past.EVERY);
            for (int host = firstHost; host < lastHost; host++) {
                send(Topic.METRICS_POINTS, host, PointBatchCodec.encode(past.batch(host, from, left)));
                records++;
            }
        }
        producer.flush();
        return records;
    }

    /** @return records written */
    public long minutes(int firstHost, int lastHost, long millis) {
        long records = 0;
        long record = MINUTES_A_RECORD * MinuteWindow.LENGTH;
        for (long from = past.end() - millis; from < past.end(); from += record) {
            for (int host = firstHost; host < lastHost; host++) {
                List<Rollup> minutes = new ArrayList<>();
                for (long start = from; start < Math.min(from + record, past.end()); start += MinuteWindow.LENGTH) {
                    minutes.add(past.minute(host, start));
                }
                RollupBatch batch = new RollupBatch(Past.host(host), MinuteWindow.LENGTH, minutes, List.of(), -1);
                send(Topic.METRICS_ROLLUPS, host, RollupBatchCodec.encode(batch));
                records++;
            }
        }
        producer.flush();
        return records;
    }

    private void send(Topic topic, int host, byte[] value) {
        producer.send(new ProducerRecord<>(topic.topicName(), Past.host(host), value), (written, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("the broker did not take a record", failure);
            }
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
