package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.changed;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a receiver would not have is said once it will. */
class RefusalsTest {
    private final Ear ear = new Ear(webhook("ops"));
    private Instant now = T0;

    @Test
    void what_was_refused_and_is_still_on_is_said_again_after_pauses_that_grow() {
        ear.hear(firing("h1", WARNING), now);
        ear.refuse(0, now);
        List<Duration> pauses = new ArrayList<>();
        Instant last = now;
        for (int i = 0; i < 8; i++) {
            pass(Duration.ofHours(2));
            assertThat(ear.said()).containsExactly("firing h1");
            pauses.add(Duration.between(last, ear.times.getFirst()));
            last = ear.times.getFirst();
            now = last;
            ear.refuse(0, now);
        }

        assertThat(pauses).extracting(Duration::toMinutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void once_the_channel_is_edited_or_tested_it_is_said_at_once_and_so_is_its_end() {
        ear.hear(firing("h1", WARNING), now);
        ear.hear(firing("h2", WARNING), now);
        ear.refuse(0, now);
        pass(Duration.ofSeconds(30));
        assertThat(ear.messages).isEmpty();

        ear.mend(now);
        pass(Duration.ofSeconds(2));
        assertThat(ear.named()).containsExactlyInAnyOrder("h1", "h2");
        ear.hear(resolved("h1", WARNING, now), now);
        assertThat(ear.believedFiring()).containsExactly("a-h2");
    }

    @Test
    void who_never_heard_of_the_beginning_is_not_told_the_end() {
        ear.hear(firing("h1", WARNING), now);
        ear.refuse(0, now);
        ear.hear(resolved("h1", WARNING, now), now);
        ear.mend(now);
        pass(Duration.ofHours(3));

        assertThat(ear.messages).isEmpty();
        assertThat(ear.knownKeys()).isZero();
    }

    @Test
    void an_end_that_was_refused_is_still_owed_to_who_heard_the_beginning() {
        ear.hear(firing("h1", WARNING), now);
        ear.hear(resolved("h1", WARNING, now), now);
        ear.refuse(1, now);
        pass(Duration.ofSeconds(50));
        assertThat(ear.believedFiring()).as("not each second").containsExactly("a-h1");

        pass(Duration.ofSeconds(15));
        assertThat(ear.believedFiring()).isEmpty();
    }

    @Test
    void it_gets_worse_and_that_is_said_whatever_was_refused_before() {
        ear.hear(firing("h1", WARNING), now);
        ear.refuse(0, now);
        ear.hear(changed("h1", CRITICAL), now);

        assertThat(ear.believedSeverity()).containsEntry("a-h1", CRITICAL);
    }

    @Test
    void what_is_new_does_not_wait_for_what_was_refused() {
        ear.hear(firing("h1", WARNING), now);
        ear.refuse(0, now);
        ear.hear(firing("h2", WARNING), now);

        assertThat(ear.said()).containsExactly("firing h2");
    }

    @Test
    void a_receiver_that_refuses_for_a_day_is_left_alone_until_somebody_mends_the_channel() {
        ear.hear(firing("h1", WARNING), now);
        ear.refuse(0, now);
        int repetitions = 0;
        for (Instant end = T0.plus(Duration.ofHours(30)); now.isBefore(end); pass(Duration.ofMinutes(1))) {
            repetitions += ear.messages.size();
            ear.refuse(0, now);
        }
        assertThat(repetitions).isEqualTo(Refusals.MOST_REPETITIONS);

        ear.mend(now);
        pass(Duration.ofSeconds(2));
        assertThat(ear.said()).containsExactly("firing h1");
    }

    @Test
    void an_end_that_is_refused_for_a_day_is_forgotten() {
        ear.hear(firing("h1", WARNING), now);
        ear.hear(resolved("h1", WARNING, now), now);
        for (Instant end = T0.plus(Duration.ofHours(30)); now.isBefore(end); pass(Duration.ofMinutes(1))) {
            ear.refuse(1, now);
        }

        assertThat(ear.knownKeys()).isZero();
    }

    /** A tick each second near the present, then one a minute: it makes no difference to pauses of whole minutes. */
    private void pass(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end) && ear.messages.size() < 500) {
            long step = Math.min(Duration.between(now, end).toSeconds(), time.toMinutes() > 0 ? 60 : 1);
            now = now.plusSeconds(Math.max(step, 1));
            ear.tick(now);
        }
    }
}
