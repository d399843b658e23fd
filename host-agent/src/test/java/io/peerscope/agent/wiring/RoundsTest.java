package io.peerscope.agent.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.agent.collect.Reading;
import io.peerscope.agent.collect.Readings;
import io.peerscope.agent.send.Answer;
import io.peerscope.agent.send.BackOff;
import io.peerscope.agent.send.Courier;
import io.peerscope.agent.send.MemoryBacklog;
import io.peerscope.agent.send.Report;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void reports_follow_each_other_numbered_and_a_failed_measurement_leaves_a_gap_only() throws Exception {
        List<Report> taken = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        // Between any two readings half of the ticks are busy; the third cannot be taken.
        Readings readings = () -> {
            int call = calls.getAndIncrement();
            if (call == 2) {
                throw new IllegalStateException("the third reading fails on purpose");
            }
            return reading(call);
        };
        CountDownLatch closed = new CountDownLatch(1);
        try (Courier courier = new Courier(
                new MemoryBacklog(10),
                report -> {
                    taken.add(report);
                    return new Answer.Taken();
                },
                new BackOff(new Random(1)),
                (before, now, detail) -> {})) {
            courier.start();
            Rounds rounds = new Rounds(readings, courier, Duration.ofMillis(20), "run", System::nanoTime);
            Thread thread = Thread.ofPlatform().daemon().start(() -> run(rounds, closed));
            await().atMost(Duration.ofSeconds(30)).until(() -> taken.size() >= 2);
            closed.countDown();
            assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(taken.getFirst().id()).isEqualTo("run/1");
        assertThat(taken.get(1).id()).isEqualTo("run/3");
        assertThat(taken.get(1).timestamp()).isEqualTo(3);
        assertThat(taken.get(1).fields()).containsEntry("cpu_usage", 50.0);
    }

    private static void run(Rounds rounds, CountDownLatch closed) {
        try {
            rounds.untilClosed(closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reading reading(int call) {
        return new Reading(
                call,
                call,
                new Reading.Cpu(1, call, 2L * call),
                null,
                new Reading.Memory(2, 1, 0, 0),
                List.of(),
                null,
                null,
                1,
                1,
                1);
    }
}
