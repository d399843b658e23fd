package io.peerscope.notify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PartitionWorkTest {
    private final PartitionWork work = new PartitionWork();

    @Test
    void the_position_never_passes_what_is_under_way() {
        work.taken(5, 10);
        work.taken(6, 10);
        work.taken(9, 10);
        work.done(6);
        assertThat(work.toCommit()).contains(5L);

        work.done(5);
        assertThat(work.toCommit()).contains(9L);
        work.done(9);
        assertThat(work.toCommit()).contains(10L);
    }

    @Test
    void what_has_not_changed_is_not_committed_again() {
        assertThat(work.toCommit()).isEmpty();
        work.taken(0, 10);
        assertThat(work.toCommit()).contains(0L);
        assertThat(work.toCommit()).isEmpty();
    }

    @Test
    void it_knows_how_much_there_is() {
        work.taken(100, 30);
        work.taken(150, 12);
        assertThat(work.messages()).isEqualTo(2);
        assertThat(work.bytes()).isEqualTo(42);
        assertThat(work.span()).isEqualTo(51);
    }

    @Test
    void who_rests_is_woken_when_the_partition_is_lost() throws InterruptedException {
        Thread loser = Thread.ofVirtual().start(work::lose);
        work.rest(Duration.ofHours(1));
        loser.join();
        assertThat(work.held()).isFalse();
    }
}
