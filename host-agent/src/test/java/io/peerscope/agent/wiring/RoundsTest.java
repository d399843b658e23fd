package io.peerscope.agent.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.agent.collect.Group;
import io.peerscope.agent.collect.NameFilter;
import io.peerscope.agent.collect.Reading;
import io.peerscope.agent.collect.Selection;
import io.peerscope.agent.queue.RecordingListener;
import io.peerscope.agent.queue.ReportQueue;
import io.peerscope.agent.report.Point;
import io.peerscope.agent.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final NameFilter ALL = NameFilter.all();
    private static final Point LINK =
            new Point("connection", Map.of("peer", "h2"), Map.of("latency_ms", 2.0, "jitter_ms", 1.0), Map.of());

    private final ReportQueue queue = ReportQueue.inMemory(1 << 20, new Random(1), new RecordingListener());

    @Test
    void a_failed_measurement_leaves_a_gap_only() throws Exception {
        List<Report> taken = new CopyOnWriteArrayList<>();
        List<RuntimeException> failures = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        // Between any two readings half of the ticks are busy; the third cannot be taken.
        Measuring measuring = new Measuring(
                () -> {
                    int call = calls.getAndIncrement();
                    if (call == 2) {
                        throw new IllegalStateException("the third reading fails on purpose");
                    }
                    return reading(call);
                },
                Selection.everything(),
                Map.of(),
                List::of,
                queue);
        CountDownLatch closed = new CountDownLatch(1);
        Rounds rounds = new Rounds(measuring::next, taken::add, Duration.ofMillis(20), failures::add, System::nanoTime);
        Thread thread = Thread.ofPlatform().daemon().start(() -> run(rounds, closed));
        await().atMost(Duration.ofSeconds(30)).until(() -> taken.size() >= 2);
        closed.countDown();
        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();

        assertThat(taken.getFirst().timestamp()).isEqualTo(1);
        assertThat(taken.get(1).timestamp()).isEqualTo(3);
        assertThat(taken.get(1).json()).contains("\"cpu_usage\":50");
        assertThat(failures).hasSize(1);
    }

    @Test
    void links_stand_beside_the_host_and_unwanted_fields_are_left_out() {
        Selection selection =
                new Selection(Set.of(Group.AGENT), ALL, ALL, ALL, new NameFilter(List.of(), List.of("jitter_ms")));
        Measuring measuring =
                new Measuring(() -> reading(1), selection, Map.of("rack", "7"), () -> List.of(LINK), queue);
        assertThat(measuring.next().orElseThrow().json())
                .contains("\"labels\":{\"rack\":\"7\"}")
                .contains("\"agent_reports_waiting\":0")
                .contains(
                        "{\"kind\":\"connection\",\"timestamp\":1,\"labels\":{\"peer\":\"h2\"},\"fields\":{\"latency_ms\":2}}");
    }

    @Test
    void where_nothing_is_wanted_there_is_no_report() {
        Selection nothing = new Selection(Set.of(Group.AGENT), ALL, ALL, ALL, new NameFilter(List.of("x"), List.of()));
        assertThat(new Measuring(() -> reading(1), nothing, Map.of(), () -> List.of(LINK), queue).next())
                .isEmpty();
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
                call, call, new Reading.Cpu(1, call, 2L * call), null, null, null, List.of(), null, null, null);
    }
}
