package io.peerscope.query.materialize;

import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.query.store.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** All threads that store topics. */
public final class Materialization implements AutoCloseable {
    /**
     * @param pointThreads threads for {@code metrics.points}, each with a database connection; no more than partitions
     * @param lingerMillis how long the broker collects for one transaction when little comes
     * @param maxRecords host batches in one transaction
     * @param lateGrace how long after its end the aggregator's windows take points; what comes later is booked as late
     */
    public record Config(int pointThreads, int lingerMillis, int maxRecords, Duration lateGrace) {
        public Config {
            if (pointThreads < 1 || lingerMillis < 0 || maxRecords < 1) {
                throw new IllegalArgumentException(
                        "peerscope.query.materializer needs point-threads >= 1, linger >= 0, max-records >= 1, was "
                                + pointThreads + ", " + lingerMillis + " ms, " + maxRecords);
            }
        }
    }

    private static final int COLLECT_BYTES = 1 << 20;

    private final DeadLetters letters;
    private final List<Materializer<?, ?>> threads = new ArrayList<>();

    public Materialization(
            KafkaClients clients,
            DataSource database,
            Progress progress,
            MeterRegistry meters,
            InstantSource clock,
            Tracer tracer,
            Config config) {
        this.letters = new DeadLetters(clients, "query-api-dead-letters");
        Map<String, Object> collecting = new HashMap<>();
        collecting.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, config.lingerMillis());
        collecting.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, COLLECT_BYTES);
        collecting.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * COLLECT_BYTES);
        collecting.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxRecords());
        // Numbers are cached by each by itself: when one finds the database changed and forgets, others are not
        // disturbed.
        List<Sink<?, ?>> sinks = new ArrayList<>();
        for (int i = 0; i < config.pointThreads(); i++) {
            sinks.add(new PointSink(database, new Ids(), config.lateGrace()));
        }
        sinks.add(new RollupSink(new Ids()));
        sinks.add(JsonSink.alertEvents());
        sinks.add(JsonSink.deliveries());
        sinks.add(JsonSink.held());
        sinks.add(JsonSink.networkEvents());
        sinks.add(new ReceiptSink());
        Map<Topic, Lag> lags = new EnumMap<>(Topic.class);
        int number = 0;
        for (Sink<?, ?> sink : sinks) {
            String clientId = "query-api-store-" + sink.topic() + "-" + number++;
            StoreMeter meter = new StoreMeter(meters, sink.topic());
            Lag lag = lags.computeIfAbsent(sink.topic(), topic -> new Lag(meters, clock, topic));
            threads.add(materializer(clients, clientId, database, sink, progress, meter, lag, tracer, collecting));
        }
    }

    private <T, R> Materializer<T, R> materializer(
            KafkaClients clients,
            String clientId,
            DataSource database,
            Sink<T, R> sink,
            Progress progress,
            StoreMeter meter,
            Lag lag,
            Tracer tracer,
            Map<String, Object> settings) {
        return new Materializer<>(clients, clientId, database, sink, letters, progress, meter, lag, tracer, settings);
    }

    public void start() {
        threads.forEach(Materializer::start);
    }

    public List<Condition> conditions() {
        return threads.stream().map(Materializer::condition).toList();
    }

    @Override
    public void close() {
        threads.forEach(Materializer::stop);
        threads.forEach(Materializer::close);
        letters.close();
    }
}
