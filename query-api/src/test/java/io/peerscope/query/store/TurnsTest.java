package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TurnsTest {
    private static final int INSTANCES = 4;
    private static final int TURNS = 25;

    @RegisterExtension
    final FreshDatabase database = FreshDatabase.plain();

    @Test
    void oneInstanceAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        int[] counted = {0}; // without a lock of its own
        try (ExecutorService threads = Executors.newFixedThreadPool(INSTANCES)) {
            List<Future<?>> all = new ArrayList<>();
            for (int instance = 0; instance < INSTANCES; instance++) {
                Turns turns = new Turns(database.get());
                all.add(threads.submit(() -> {
                    for (int turn = 0; turn < TURNS; turn++) {
                        turns.alone("counting", () -> {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            counted[0]++;
                            return inside.decrementAndGet();
                        });
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(counted[0]).isEqualTo(INSTANCES * TURNS);
    }

    @Test
    void aTurnThatFailsIsOver() {
        Turns turns = new Turns(database.get());
        assertThatThrownBy(() -> turns.alone("counting", () -> {
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class);
        assertThat(turns.<String, RuntimeException>alone("counting", () -> "again"))
                .isEqualTo("again");
    }

    @Test
    void whatIsAboutSomethingElseDoesNotWait() {
        Turns turns = new Turns(database.get());
        String both = turns.<String, RuntimeException>alone(
                "rules", () -> turns.<String, RuntimeException>alone("silences", () -> "both"));
        assertThat(both).isEqualTo("both");
    }
}
