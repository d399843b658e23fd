package io.peerscope.foundation.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.foundation.kafka.KafkaConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ConditionTest {
    @Test
    void a_start_that_fails_is_tried_again_and_says_meanwhile_what_is_missing() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (BackgroundStart start = new BackgroundStart("part", () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("no broker");
                    }
                    second.countDown();
                    go.await();
                })
                .start()) {
            second.await();
            assertThat(start.condition()).isEqualTo(new Condition.Down("part cannot start yet: no broker"));
            go.countDown();
            org.awaitility.Awaitility.await().until(() -> start.condition().equals(Condition.ok()));
        }
    }

    @Test
    void a_wrong_setting_is_named_with_its_value() {
        Assertions.assertThatThrownBy(() -> new KafkaConfig("b:1", 0, (short) 1, Path.of("x"), "local", Map.of()))
                .hasMessage("peerscope.kafka.partitions must be at least 1, was 0");
    }
}
