package io.peerscope.query.materialize;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.peerscope.contracts.topic.Topic;
import java.util.concurrent.TimeUnit;

/** stored + refused + lost = records of the topic. */
final class StoreMeter {
    private final Counter stored;
    private final Counter refused;
    private final Counter lost;
    private final Timer transactions;

    StoreMeter(MeterRegistry registry, Topic topic) {
        this.stored = counter(registry, "peerscope.store.records", topic);
        this.refused = counter(registry, "peerscope.store.refused", topic);
        this.lost = counter(registry, "peerscope.store.lost", topic);
        this.transactions = Timer.builder("peerscope.store.transaction")
                .tag("service", "query-api")
                .tag("topic", topic.topicName())
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, Topic topic) {
        return Counter.builder(name)
                .tag("service", "query-api")
                .tag("topic", topic.topicName())
                .register(registry);
    }

    void stored(int records, long nanos) {
        stored.increment(records);
        transactions.record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused() {
        refused.increment();
    }

    /** Deleted by the topic's retention before they were stored. */
    void lost(long records) {
        lost.increment(records);
    }
}
