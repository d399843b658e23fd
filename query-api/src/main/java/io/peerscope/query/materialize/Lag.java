package io.peerscope.query.materialize;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long what is not stored yet has been waiting, of one topic, as {@code peerscope_store_behind_seconds}. Page when that
 * grows: what the topic's retention deletes before it is stored is lost.
 */
final class Lag {
    /** Of the time that the topic keeps; there must be some left to act in. */
    private static final int WORRYING_SHARE = 4;

    private final Topic topic;
    private final InstantSource clock;
    /** By thread: everything that came before this has been stored. */
    private final Map<String, Long> storedUpTo = new ConcurrentHashMap<>();

    Lag(MeterRegistry registry, InstantSource clock, Topic topic) {
        this.topic = topic;
        this.clock = clock;
        Gauge.builder("peerscope.store.behind", this, lag -> lag.behind().toMillis() / 1000.0)
                .baseUnit("seconds")
                .tags("service", "query-api", "topic", topic.topicName())
                .register(registry);
    }

    /** Nothing is waiting for this thread. */
    void none(String thread) {
        storedUpTo.put(thread, clock.millis());
    }

    /** @param newest epoch milliseconds at which the newest stored record came */
    void stored(String thread, long newest) {
        storedUpTo.put(thread, newest);
    }

    Duration behind() {
        long now = clock.millis();
        return Duration.ofMillis(storedUpTo.values().stream()
                .mapToLong(upTo -> Math.max(0, now - upTo))
                .max()
                .orElse(0));
    }

    Condition condition() {
        Duration behind = behind();
        return behind.compareTo(topic.kept().dividedBy(WORRYING_SHARE)) < 0
                ? Condition.ok()
                : new Condition.Degraded("%s is stored %d h behind, and the topic keeps %d h"
                        .formatted(topic, behind.toHours(), topic.kept().toHours()));
    }
}
