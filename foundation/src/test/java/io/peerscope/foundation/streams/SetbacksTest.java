package io.peerscope.foundation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.foundation.health.Condition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SetbacksTest {
    private final AtomicLong now = new AtomicLong(-17);
    private final Setbacks setbacks = new Setbacks(now::get);

    @Test
    void oneNowAndThenIsNothing() {
        for (int i = 0; i < 50; i++) {
            setbacks.add();
            now.addAndGet(Duration.ofMinutes(2).toNanos());
            assertThat(setbacks.condition("alert")).isEqualTo(Condition.ok());
        }
    }

    @Test
    void manyAreToldUntilTheyAreOver() {
        for (int i = 0; i < Setbacks.MANY; i++) {
            setbacks.add();
            now.addAndGet(Duration.ofSeconds(15).toNanos());
        }
        assertThat(setbacks.condition("alert"))
                .isEqualTo(new Condition.Degraded(
                        "alert began its work again 5 times within 5 minutes: it may stand still, see the log"));
        now.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(setbacks.condition("alert")).isEqualTo(Condition.ok());
    }
}
