package io.peerscope.notify.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
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

    @Test
    void a_claim_that_kafka_has_not_confirmed_for_long_is_good_only_when_it_does() throws Exception {
        AtomicLong now = new AtomicLong();
        PartitionWork leased = new PartitionWork(now::get);
        leased.taken(0, 10);
        assertThat(leased.toCommit()).contains(0L);
        now.addAndGet(PartitionWork.RENEWAL.toNanos());
        assertThat(leased.toCommit()).as("asked again, for the claim's sake").contains(0L);

        now.addAndGet(PartitionWork.LEASE.toNanos());
        CompletableFuture<Boolean> held = inTheBackground(leased);
        assertThat(held).isNotDone();
        leased.confirm(now.get());
        assertThat(held.get()).isTrue();

        now.addAndGet(PartitionWork.LEASE.toNanos() + 1);
        held = inTheBackground(leased);
        leased.lose();
        assertThat(held.get()).isFalse();
    }

    /** Returns when it waits. */
    private static CompletableFuture<Boolean> inTheBackground(PartitionWork work) {
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                held.complete(work.held());
            } catch (InterruptedException e) {
                held.completeExceptionally(e);
            }
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return held;
    }
}
