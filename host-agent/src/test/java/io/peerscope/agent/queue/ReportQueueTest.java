package io.peerscope.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.agent.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportQueueTest {
    private static final long BYTES = 128 << 10;
    /** Reports; more than that holds. */
    private static final long MANY = 3_000;

    private static final ParcelLimits LIMITS = new ParcelLimits(100, 1 << 20);

    /** What holds wherever reports are kept. */
    abstract static class Queue {
        final RecordingListener listener = new RecordingListener();

        abstract ReportQueue queue();

        @Test
        void what_is_new_goes_first_then_what_waited_in_order() {
            add(queue(), 1, 50);
            assertThat(times(next(Lane.LIVE))).containsExactly(50L);
            assertThat(times(next(Lane.BACKLOG))).containsExactlyElementsOf(range(1, 49));
        }

        @Test
        void a_short_hiccup_is_no_outage() {
            add(queue(), 1, ReportQueue.LIVE_REPORTS);
            assertThat(times(next(Lane.LIVE))).containsExactlyElementsOf(range(1, 12));
            assertThat(queue().next(Lane.BACKLOG, LIMITS)).isEmpty();
        }

        @Test
        void what_was_not_answered_is_sent_again_as_it_was_under_the_same_name() {
            add(queue(), 1, 2);
            Parcel first = next(Lane.LIVE);
            add(queue(), 3, 20);
            Parcel again = next(Lane.LIVE);
            assertThat(again.batch()).isEqualTo(first.batch()).endsWith("/1-2");
            assertThat(again.reports()).isEqualTo(first.reports());
            assertThat(first.arrivedIf()).isEmpty();
            assertThat(again.arrivedIf()).hasValue(2);
        }

        @Test
        void whether_it_arrived_can_be_asked_only_for_the_latest_that_was_ever_sent() {
            add(queue(), 1, 20);
            queue().settle(next(Lane.LIVE));
            next(Lane.BACKLOG);
            assertThat(next(Lane.BACKLOG).arrivedIf()).isEmpty();
            // The clock was set back: the server's newest says nothing about this one.
            queue().add(Reports.at(7));
            next(Lane.LIVE);
            assertThat(next(Lane.LIVE).arrivedIf()).isEmpty();
        }

        @Test
        void an_outage_while_there_is_a_backlog_makes_another() {
            add(queue(), 1, 20);
            queue().settle(next(Lane.LIVE));
            add(queue(), 21, 50);
            assertThat(times(next(Lane.LIVE))).containsExactly(50L);
            assertThat(times(settledBacklog())).containsExactlyElementsOf(range(1, 19));
            assertThat(times(settledBacklog())).containsExactlyElementsOf(range(21, 49));
        }

        @Test
        void parcels_keep_to_the_limits_and_can_be_made_smaller() {
            add(queue(), 1, 301);
            next(Lane.LIVE);
            Parcel parcel = next(Lane.BACKLOG);
            assertThat(times(parcel)).containsExactlyElementsOf(range(1, 100));
            queue().redraft(parcel);
            Parcel smaller =
                    queue().next(Lane.BACKLOG, new ParcelLimits(10, 1 << 20)).orElseThrow();
            assertThat(times(smaller)).containsExactlyElementsOf(range(1, 10));
            assertThat(smaller.batch()).isNotEqualTo(parcel.batch());
            queue().settle(smaller);
            long bytes = 3L * (Reports.at(11).json().length() + 1);
            assertThat(times(queue().next(Lane.BACKLOG, new ParcelLimits(100, bytes))
                            .orElseThrow()))
                    .containsExactly(11L, 12L, 13L);
        }

        @Test
        void all_goes_out_once() {
            List<Long> sent = new ArrayList<>();
            for (long outage = 0; outage < 40; outage++) {
                add(queue(), outage * 20 + 1, outage * 20 + 20);
                queue().next(Lane.LIVE, LIMITS).ifPresent(parcel -> settle(parcel, sent));
            }
            for (Lane lane : Lane.values()) {
                Stream.generate(() -> queue().next(lane, LIMITS))
                        .takeWhile(Optional::isPresent)
                        .forEach(next -> settle(next.orElseThrow(), sent));
            }
            assertThat(sent).containsExactlyInAnyOrderElementsOf(range(1, 800));
            assertThat(queue().waiting()).isZero();
        }

        @Test
        void the_oldest_are_dropped_where_there_are_too_many_and_counted() {
            add(queue(), 1, MANY);
            long waiting = queue().waiting();
            assertThat(waiting).isBetween(800L, 2_000L);
            assertThat(queue().dropped()).isEqualTo(MANY - waiting);
            assertThat(listener.heard).isNotEmpty().allMatch(heard -> heard.startsWith("dropped"));
            assertThat(times(next(Lane.LIVE))).containsExactly(MANY);
            assertThat(times(next(Lane.BACKLOG)).getFirst()).isEqualTo(MANY + 1 - waiting);
        }

        @Test
        void what_was_being_sent_may_be_dropped_meanwhile() {
            add(queue(), 1, 10);
            next(Lane.LIVE);
            add(queue(), 11, MANY);
            queue().settle(next(Lane.LIVE));
            assertThat(times(next(Lane.BACKLOG)).getFirst()).isEqualTo(MANY - queue().waiting());
        }

        Parcel next(Lane lane) {
            return queue().next(lane, LIMITS).orElseThrow();
        }

        private Parcel settledBacklog() {
            Parcel parcel = next(Lane.BACKLOG);
            queue().settle(parcel);
            return parcel;
        }

        private void settle(Parcel parcel, List<Long> sent) {
            sent.addAll(times(parcel));
            queue().settle(parcel);
        }
    }

    @Nested
    class InMemory extends Queue {
        private final ReportQueue queue = ReportQueue.inMemory(BYTES, new Random(1), listener);

        @Override
        ReportQueue queue() {
            return queue;
        }
    }

    @Nested
    class OnDisk extends Queue {
        @TempDir
        Path folder;

        @TempDir
        Path elsewhere;

        private ReportQueue queue;

        @BeforeEach
        void open() throws IOException {
            queue = ReportQueue.onDisk(folder, BYTES, new Random(1), listener);
        }

        @AfterEach
        void close() {
            queue.close();
        }

        @Override
        ReportQueue queue() {
            return queue;
        }

        @Test
        void a_killed_agent_goes_on_where_it_was() throws IOException {
            add(queue, 1, 40);
            queue.settle(next(Lane.LIVE));
            queue.settle(queue.next(Lane.BACKLOG, new ParcelLimits(10, 1 << 20)).orElseThrow());
            Parcel unanswered = next(Lane.BACKLOG);
            queue.add(Reports.at(41));
            Parcel doubtful = next(Lane.LIVE);

            try (ReportQueue next = restarted(elsewhere, 2)) {
                assertThat(next.waiting()).isEqualTo(30);
                next.add(Reports.at(42));
                Parcel again = next.next(Lane.LIVE, LIMITS).orElseThrow();
                assertThat(again.batch()).isEqualTo(doubtful.batch());
                assertThat(again.reports()).isEqualTo(doubtful.reports());
                assertThat(again.arrivedIf()).hasValue(41);
                next.settle(again);
                Parcel fresh = next.next(Lane.LIVE, LIMITS).orElseThrow();
                assertThat(times(fresh)).containsExactly(42L);
                assertThat(fresh.batch()).endsWith("/1");
                assertThat(fresh.batch().split("/")[0])
                        .isNotEqualTo(again.batch().split("/")[0]);
                Parcel rest = next.next(Lane.BACKLOG, LIMITS).orElseThrow();
                assertThat(rest.batch()).isEqualTo(unanswered.batch());
                assertThat(rest.reports()).isEqualTo(unanswered.reports());
            }
        }

        @Test
        void reports_of_two_runs_never_share_a_name() throws IOException {
            add(queue, 1, 20);
            try (ReportQueue next = restarted(elsewhere, 2)) {
                add(next, 21, 40);
                assertThat(times(next.next(Lane.LIVE, LIMITS).orElseThrow())).containsExactly(40L);
                Parcel first = next.next(Lane.BACKLOG, LIMITS).orElseThrow();
                assertThat(times(first)).containsExactlyElementsOf(range(1, 20));
                next.settle(first);
                assertThat(times(next.next(Lane.BACKLOG, LIMITS).orElseThrow()))
                        .containsExactlyElementsOf(range(21, 39));
            }
        }

        @Test
        void without_its_notes_it_sends_all_that_is_there() throws IOException {
            add(queue, 1, 20);
            queue.settle(next(Lane.LIVE));
            Path copy = copy(elsewhere);
            Files.delete(copy.resolve("progress"));
            try (ReportQueue next = ReportQueue.onDisk(copy, BYTES, new Random(2), listener)) {
                assertThat(next.waiting()).isEqualTo(20);
            }
        }

        @Test
        void half_written_notes_leave_those_of_before() throws IOException {
            add(queue, 1, 20);
            queue.settle(next(Lane.LIVE));
            Path copy = copy(elsewhere);
            byte[] notes = Files.readAllBytes(copy.resolve("progress"));
            for (int place = 0; place < 2; place++) {
                byte[] torn = notes.clone();
                torn[place * 1024 + 20] ^= 1;
                Files.write(copy.resolve("progress"), torn);
                try (ReportQueue next = ReportQueue.onDisk(copy, BYTES, new Random(2), listener)) {
                    assertThat(next.waiting()).isBetween(19L, 20L);
                }
            }
        }

        @Test
        void what_was_taken_leaves_the_disk() throws IOException {
            for (int i = 1; i <= 5_000; i++) {
                queue.add(Reports.at(i));
                queue.settle(next(Lane.LIVE));
            }
            assertThat(size(folder)).isLessThan(100 << 10);
        }

        @Test
        void the_disk_is_used_up_to_the_limit_only() throws IOException {
            add(queue, 1, MANY);
            assertThat(size(folder)).isBetween(BYTES / 2, BYTES + (20 << 10));
        }

        @Test
        void a_folder_has_one_agent() {
            assertThatThrownBy(() -> ReportQueue.onDisk(folder, BYTES, new Random(1), listener))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another agent uses the data folder")
                    .hasMessageContaining("data-dir");
        }

        @Test
        void a_folder_that_cannot_be_had_is_named() throws IOException {
            Path file = Files.writeString(folder.resolve("file"), "");
            assertThatThrownBy(() -> ReportQueue.onDisk(file.resolve("sub"), BYTES, new Random(1), listener))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be used")
                    .hasMessageContaining("data-dir");
        }

        /** As another process would find it if this one were killed now. */
        private ReportQueue restarted(Path copy, int seed) throws IOException {
            return ReportQueue.onDisk(copy(copy), BYTES, new Random(seed), listener);
        }

        private Path copy(Path to) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
            return to;
        }

        private static long size(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.mapToLong(file -> file.toFile().length()).sum();
            }
        }
    }

    @Test
    void while_the_disk_cannot_be_written_reports_are_kept_in_memory(@TempDir Path folder) throws IOException {
        RecordingListener listener = new RecordingListener();
        Path data = folder.resolve("data");
        try (ReportQueue queue = ReportQueue.onDisk(data, BYTES, new Random(1), listener)) {
            Path aside = Files.move(data, folder.resolve("aside"));
            add(queue, 1, 30);
            assertThat(listener.heard).isNotEmpty().containsOnly("unwritable");
            assertThat(queue.waiting()).isEqualTo(30);
            Files.move(aside, data);
            add(queue, 31, 60);
            assertThat(times(queue.next(Lane.LIVE, LIMITS).orElseThrow())).containsExactly(60L);
            assertThat(times(queue.next(Lane.BACKLOG, LIMITS).orElseThrow())).containsExactlyElementsOf(range(1, 59));
            try (Stream<Path> files = Files.list(data)) {
                assertThat(files).anyMatch(file -> file.toString().endsWith(".reports"));
            }
        }
    }

    private static void add(ReportQueue queue, long from, long to) {
        LongStream.rangeClosed(from, to).mapToObj(Reports::at).forEach(queue::add);
    }

    private static List<Long> times(Parcel parcel) {
        return parcel.reports().stream().map(Report::timestamp).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
