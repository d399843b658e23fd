package io.peerscope.agent.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CourierTest {
    private static final Answer AWAY = new Answer.Later("status 503", Optional.empty());

    private final Backlog backlog = new MemoryBacklog(5);
    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<Long> posted = new CopyOnWriteArrayList<>();
    private final List<Standing> standings = new ArrayList<>();
    private final Courier courier =
            new Courier(backlog, this::post, new BackOff(new Random(1)), (before, now, detail) -> standings.add(now));

    @Test
    void what_waited_follows_in_order_with_its_own_time() throws Exception {
        script.addAll(List.of(AWAY, AWAY));
        send(1);
        assertThat(courier.drain()).hasValueSatisfying(between(500, 1_000));
        send(2, 3);
        assertThat(courier.drain()).hasValueSatisfying(between(1_000, 2_000));
        assertThat(courier.drain()).isEmpty();

        assertThat(posted).containsExactly(1L, 1L, 1L, 2L, 3L);
        assertThat(backlog.size()).isZero();
        assertThat(standings).containsExactly(Standing.AWAY, Standing.TAKEN);
    }

    @Test
    void the_server_says_how_long_to_wait() throws Exception {
        script.add(new Answer.Later("status 503", Optional.of(Duration.ofSeconds(7))));
        send(1);
        assertThat(courier.drain()).hasValueSatisfying(between(7_000, 7_500));
    }

    @Test
    void waiting_grows_to_a_quarter_of_a_minute_and_starts_small_after_success() throws Exception {
        for (int i = 0; i < 12; i++) {
            script.add(AWAY);
        }
        send(1);
        for (int i = 0; i < 11; i++) {
            assertThat(courier.drain()).isPresent();
        }
        assertThat(courier.drain()).hasValueSatisfying(between(7_500, 15_000));
        assertThat(courier.drain()).isEmpty();
        script.add(AWAY);
        send(2);
        assertThat(courier.drain()).hasValueSatisfying(between(500, 1_000));
    }

    @Test
    void too_many_reports_drop_the_oldest_and_are_counted() throws Exception {
        script.add(AWAY);
        LongStream.rangeClosed(1, 8).forEach(this::send);
        assertThat(courier.drain()).isPresent();
        assertThat(courier.drain()).isEmpty();
        assertThat(posted).containsExactly(4L, 4L, 5L, 6L, 7L, 8L);
        assertThat(backlog.dropped()).isEqualTo(3);
    }

    @Test
    void a_token_that_is_not_accepted_is_tried_again_once_a_minute_and_nothing_is_lost() throws Exception {
        script.addAll(List.of(new Answer.Denied("status 401"), new Answer.Denied("status 401")));
        send(1);
        assertThat(courier.drain()).hasValueSatisfying(between(45_000, 75_000));
        assertThat(courier.drain()).isPresent();
        assertThat(standings).containsExactly(Standing.DENIED);
        assertThat(courier.drain()).isEmpty();
        assertThat(posted).containsExactly(1L, 1L, 1L);
    }

    @Test
    void a_report_that_will_never_be_taken_does_not_hold_up_the_others() throws Exception {
        script.add(new Answer.Refused(400, "bad_value"));
        send(1, 2);
        assertThat(courier.drain()).isEmpty();
        assertThat(posted).containsExactly(1L, 2L);
        assertThat(standings).containsExactly(Standing.REFUSED, Standing.TAKEN);
    }

    @Test
    void its_thread_sends_as_soon_as_there_is_news() {
        try (courier) {
            courier.start();
            send(1);
            await().until(() -> posted.equals(List.of(1L)));
            send(2, 3);
            await().until(() -> posted.equals(List.of(1L, 2L, 3L)));
        }
    }

    private void send(long... numbers) {
        for (long number : numbers) {
            courier.send(new Report("run/" + number, number, Map.of("load1", 1.0)));
        }
    }

    private Answer post(Report report) {
        posted.add(report.timestamp());
        return Optional.ofNullable(script.poll()).orElse(new Answer.Taken());
    }

    private static Consumer<Duration> between(long shortest, long longest) {
        return wait -> assertThat(wait.toMillis()).isBetween(shortest, longest);
    }
}
