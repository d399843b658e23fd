package io.peerscope.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstFailureTest {
    @Test
    void whatATimerKeepsToItselfIsToldWhenTheResultIsRead() throws Exception {
        FirstFailure failure = new FirstFailure();
        AtomicInteger turns = new AtomicInteger();
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            assertThatCode(failure::check).doesNotThrowAnyException();
            ScheduledFuture<?> task = timer.scheduleAtFixedRate(
                    failure.of(() -> {
                        if (turns.incrementAndGet() == 3) {
                            throw new IllegalStateException("the third turn");
                        }
                    }),
                    0,
                    1,
                    TimeUnit.MILLISECONDS);
            assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
        assertThat(turns).hasValue(3);
        assertThatThrownBy(failure::check).hasMessageContaining("the third turn");
    }
}
