package io.peerscope.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OutstandingTest {
    private final Outstanding outstanding = new Outstanding();

    @Test
    void what_is_set_aside_is_backlog_and_what_touches_grows_together() {
        outstanding.setAside(10);
        outstanding.setAside(20);
        outstanding.settle(Lane.LIVE, new Span(20, 25));
        outstanding.setAside(30);
        assertThat(outstanding.all(33)).containsExactly(new Span(0, 20), new Span(25, 30), new Span(30, 33));
    }

    @Test
    void a_gap_in_a_draft_makes_it_no_draft_so_that_nothing_before_the_gap_is_settled_unsent() {
        outstanding.draft(Lane.LIVE, new Span(0, 10), 1);
        outstanding.forget(new Span(4, 6));
        assertThat(outstanding.next(Lane.LIVE, 12)).contains(new Span(0, 12));
        assertThat(outstanding.drafted(Lane.LIVE)).isFalse();
    }

    @Test
    void what_is_dropped_from_the_front_of_a_draft_leaves_the_rest() {
        outstanding.draft(Lane.LIVE, new Span(0, 10), 1);
        outstanding.forget(new Span(0, 6));
        assertThat(outstanding.next(Lane.LIVE, 12)).contains(new Span(6, 10));
        assertThat(outstanding.liveFrom()).isEqualTo(6);
    }

    @Test
    void too_many_outages_are_one() {
        for (int i = 1; i <= 100; i++) {
            outstanding.settle(Lane.LIVE, new Span(outstanding.liveFrom(), 10L * i - 5));
            outstanding.setAside(10L * i);
        }
        assertThat(outstanding.all(1000)).hasSize(Outstanding.MOST_SPANS + 1);
    }

    @Test
    void it_survives_being_written_down() {
        for (int i = 1; i <= 100; i++) {
            outstanding.settle(Lane.LIVE, new Span(outstanding.liveFrom(), 10L * i - 5));
            outstanding.setAside(10L * i);
        }
        outstanding.draft(Lane.BACKLOG, outstanding.next(Lane.BACKLOG, 1000).orElseThrow(), 77);
        outstanding.draft(Lane.LIVE, new Span(1000, 1001), 99);
        ByteBuffer bytes = ByteBuffer.allocate(Progress.LONGEST);
        outstanding.progress().writeTo(bytes);
        Outstanding again = new Outstanding(Progress.readFrom(bytes.flip()));
        assertThat(again.progress()).isEqualTo(outstanding.progress());
        assertThat(again.arrivedIf(Lane.LIVE)).hasValue(99);
    }
}
