package io.peerscope.agent.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.agent.queue.Parcel;
import io.peerscope.agent.queue.RecordingListener;
import io.peerscope.agent.queue.ReportQueue;
import io.peerscope.agent.queue.Reports;
import io.peerscope.agent.report.Report;
import io.peerscope.agent.send.Courier.Rest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CourierTest {
    private static final Answer AWAY = new Answer.Later("status 503", Optional.empty());

    private final ReportQueue queue = ReportQueue.inMemory(4 << 20, new Random(1), new RecordingListener());
    private final ScriptedDoor door = new ScriptedDoor();
    private final List<Standing> standings = new CopyOnWriteArrayList<>();
    private long now;
    private final Courier courier = new Courier(
            queue, door, new BackOff(new Random(1)), (before, after, detail) -> standings.add(after), () -> now);

    @Test
    void after_an_outage_the_newest_goes_first_and_the_others_follow_in_order() throws Exception {
        door.answers.add(AWAY);
        send(1, 1);
        assertThat(courier.step()).satisfies(waits(500, 1_000));
        send(2, 3000);
        door.posted.clear();
        drain();
        assertThat(door.posted.get(0)).containsExactly(1L);
        assertThat(door.posted.get(1)).containsExactly(3000L);
        assertThat(door.posted.get(2)).containsExactlyElementsOf(range(2, 1001));
        assertThat(door.posted.get(3)).containsExactlyElementsOf(range(1002, 2999));
        assertThat(queue.waiting()).isZero();
        assertThat(standings).containsExactly(Standing.AWAY, Standing.TAKEN);
    }

    @Test
    void what_is_new_does_not_wait_for_the_backlog() throws Exception {
        send(1, 5000);
        assertThat(courier.step()).isEqualTo(new Rest.None());
        assertThat(courier.step()).isEqualTo(new Rest.None());
        assertThat(courier.step()).isEqualTo(new Rest.UntilNewsOr(Duration.ofSeconds(1)));
        send(5001, 5001);
        assertThat(courier.step()).isEqualTo(new Rest.None());
        assertThat(door.posted.getLast()).containsExactly(5001L);
        now += Duration.ofSeconds(1).toNanos();
        courier.step();
        assertThat(door.posted.getLast()).startsWith(1001L);
    }

    @Test
    void a_slow_server_is_asked_less() throws Exception {
        send(1, 5000);
        courier.step();
        door.takes = Duration.ofSeconds(3);
        courier.step();
        assertThat(courier.step()).isEqualTo(new Rest.UntilNewsOr(Duration.ofSeconds(12)));
    }

    @Test
    void the_server_says_how_long_to_wait() throws Exception {
        door.answers.add(new Answer.Later("status 503", Optional.of(Duration.ofSeconds(7))));
        send(1, 1);
        assertThat(courier.step()).satisfies(waits(7_000, 7_500));
    }

    @Test
    void waiting_grows_to_a_quarter_of_a_minute_and_starts_small_after_success() throws Exception {
        for (int i = 0; i < 12; i++) {
            door.answers.add(AWAY);
        }
        send(1, 1);
        for (int i = 0; i < 11; i++) {
            courier.step();
        }
        assertThat(courier.step()).satisfies(waits(7_500, 15_000));
        assertThat(courier.step()).isEqualTo(new Rest.None());
        door.answers.add(AWAY);
        send(2, 2);
        assertThat(courier.step()).satisfies(waits(500, 1_000));
    }

    @Test
    void what_the_server_has_already_is_not_sent_again() throws Exception {
        door.answers.add(AWAY);
        send(1, 1);
        courier.step();
        door.newest = new Newest.At(1);
        send(2, 2);
        drain();
        assertThat(door.posted).containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void a_newest_time_that_is_not_ours_proves_nothing() throws Exception {
        for (Newest newest : List.of(new Newest.At(0), new Newest.At(9), new Newest.Nothing(), new Newest.Unknown())) {
            door.posted.clear();
            door.answers.add(AWAY);
            long time = 100L + standings.size();
            send(time, time);
            courier.step();
            door.newest = newest;
            drain();
            assertThat(door.posted).containsExactly(List.of(time), List.of(time));
        }
    }

    @Test
    void a_server_that_cannot_say_what_it_has_is_not_sent_anything() throws Exception {
        door.answers.add(AWAY);
        send(1, 1);
        courier.step();
        door.newest = new Newest.Later(new Answer.Later("refused", Optional.empty()));
        assertThat(courier.step()).isInstanceOf(Rest.For.class);
        assertThat(door.posted).hasSize(1);
    }

    @Test
    void a_token_that_is_not_accepted_is_tried_again_once_a_minute_and_nothing_is_lost() throws Exception {
        door.answers.addAll(List.of(new Answer.Denied("status 401"), new Answer.Denied("status 401")));
        send(1, 1);
        assertThat(courier.step()).satisfies(waits(45_000, 75_000));
        assertThat(courier.step()).isInstanceOf(Rest.For.class);
        assertThat(standings).containsExactly(Standing.DENIED);
        drain();
        assertThat(door.posted).hasSize(3);
    }

    @Test
    void one_bad_report_among_many_is_found_and_the_others_are_taken() throws Exception {
        door.bad = 321;
        send(1, 1000);
        drain();
        assertThat(door.taken).hasSize(999).doesNotContain(321L);
        assertThat(door.posted).hasSizeLessThan(60);
        assertThat(standings).containsExactly(Standing.TAKEN, Standing.REFUSED, Standing.TAKEN);
    }

    @Test
    void its_thread_sends_as_soon_as_there_is_news() {
        try (courier) {
            courier.start();
            send(1, 1);
            await().until(() -> door.posted.equals(List.of(List.of(1L))));
            send(2, 2);
            await().until(() -> door.posted.equals(List.of(List.of(1L), List.of(2L))));
        }
    }

    @Test
    void its_thread_outlives_what_nobody_foresaw() {
        door.mistaken.set(true);
        try (courier) {
            courier.start();
            send(1, 1);
            await().until(() -> door.taken.equals(List.of(1L)));
        }
        assertThat(standings).containsExactly(Standing.FAULTY, Standing.TAKEN);
    }

    /** Steps until nothing is left, letting the pauses pass. */
    private void drain() throws InterruptedException {
        while (queue.waiting() > 0) {
            switch (courier.step()) {
                case Rest.None none -> {}
                case Rest.UntilNews news -> {}
                case Rest.UntilNewsOr(Duration time) -> now += time.toNanos();
                case Rest.For(Duration time) -> now += time.toNanos();
            }
        }
    }

    private void send(long from, long to) {
        LongStream.rangeClosed(from, to).mapToObj(Reports::at).forEach(courier::send);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static Consumer<Rest> waits(long shortest, long longest) {
        return rest -> assertThat(rest).isInstanceOfSatisfying(Rest.For.class, wait -> assertThat(
                        wait.time().toMillis())
                .isBetween(shortest, longest));
    }

    /** Answers by a script, then takes all but what is bad. */
    private final class ScriptedDoor implements Door {
        final Deque<Answer> answers = new ArrayDeque<>();
        final List<List<Long>> posted = new CopyOnWriteArrayList<>();
        final List<Long> taken = new CopyOnWriteArrayList<>();
        Newest newest = new Newest.Unknown();
        Duration takes = Duration.ZERO;
        long bad = -1;
        final AtomicBoolean mistaken = new AtomicBoolean();

        @Override
        public Answer post(Parcel parcel) {
            List<Long> times = parcel.reports().stream().map(Report::timestamp).toList();
            posted.add(times);
            now += takes.toNanos();
            if (mistaken.getAndSet(false)) {
                throw new IllegalStateException("a mistake of ours");
            }
            if (!answers.isEmpty()) {
                return answers.poll();
            }
            if (times.contains(bad)) {
                return times.size() > 1 ? new Answer.TooMuch("status 400") : new Answer.Refused("status 400");
            }
            taken.addAll(times);
            return new Answer.Taken();
        }

        @Override
        public Newest newest() {
            return newest;
        }
    }
}
