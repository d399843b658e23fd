package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.changed;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.notify.Alerts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A receiver that takes no message which names a certain alert hears of all the others. */
class SuspectsTest {
    private static final String GUILTY = "h137";

    private final Ear ear = new Ear(webhook("ops"));
    private Predicate<Alert> guilty = alert -> alert.host().equals(GUILTY);
    private Instant now = T0;
    private int attempts;

    @Test
    void one_alert_that_the_receiver_will_not_have_keeps_no_other_of_its_digest_from_being_told() {
        storm(300);
        pass(Duration.ofMinutes(6));

        assertThat(ear.named()).hasSize(299).doesNotContain(GUILTY);
        assertThat(attempts).isLessThan(60);
        assertThat(ear.messages.stream()
                        .filter(message -> message.alerts().size() == 1)
                        .count())
                .as("not every alert a message of its own")
                .isLessThan(20);
    }

    @Test
    void each_is_told_once_and_later_only_the_guilty_is_tried_again() {
        storm(300);
        pass(Duration.ofMinutes(6));
        long named = ear.messages.stream()
                .mapToLong(message -> message.alerts().size())
                .sum();
        assertThat(named).isEqualTo(299);

        int before = attempts;
        int told = ear.messages.size();
        pass(Duration.ofMinutes(60));
        assertThat(attempts - before).isBetween(2, 8);
        assertThat(ear.messages).hasSize(told);
    }

    @Test
    void the_end_of_what_was_told_in_a_part_is_told_and_that_of_the_guilty_is_not() {
        storm(100);
        pass(Duration.ofMinutes(6));
        for (int i = 60; i < 160; i++) {
            ear.hear(resolved("h" + i, WARNING, now), now);
        }
        pass(Duration.ofMinutes(6));

        assertThat(ear.endsNamed()).hasSize(99).doesNotContain(GUILTY);
        assertThat(ear.believedFiring()).isEmpty();
        pass(Duration.ofMinutes(10));
        assertThat(ear.knownKeys()).isZero();
    }

    @Test
    void what_is_new_and_what_gets_worse_does_not_wait_for_the_search() {
        ear.channel = Alerts.paced(webhook("ops"), new Channel.Pace(300, 4, List.of(), 0, 0));
        storm(300);
        pass(Duration.ofSeconds(62));
        ear.hear(firing("new", WARNING), now);
        ear.hear(changed("h299", CRITICAL), now);
        pass(Duration.ofSeconds(2));
        assertThat(ear.believedSeverity()).containsEntry("a-h299", CRITICAL);
        pass(Duration.ofSeconds(60));
        assertThat(ear.named()).contains("new");
    }

    @Test
    void an_end_that_the_receiver_will_not_have_keeps_no_other_from_being_told() {
        guilty = alert -> alert.host().equals(GUILTY) && alert.status() == AlertStatus.RESOLVED;
        storm(100);
        pass(Duration.ofMinutes(3));
        assertThat(ear.named()).hasSize(100);
        for (int i = 60; i < 160; i++) {
            ear.hear(resolved("h" + i, WARNING, now), now);
        }
        pass(Duration.ofMinutes(6));

        assertThat(ear.believedFiring()).containsExactly("a-" + GUILTY);
        guilty = alert -> false;
        pass(Duration.ofMinutes(10));
        assertThat(ear.believedFiring()).isEmpty();
    }

    @Test
    void once_the_channel_is_mended_they_share_a_message_again() {
        storm(60);
        for (int i = 0; i < 70; i++) {
            now = now.plusSeconds(1);
            ear.tick(now);
            ear.refuse(0, now);
        }
        ear.mend(now);
        pass(Duration.ofSeconds(62));

        assertThat(ear.named()).hasSize(60);
        assertThat(ear.messages.size()).isLessThan(20);
    }

    private void storm(int size) {
        for (int i = 60; i < 60 + size; i++) {
            ear.hear(firing("h" + i, WARNING), now);
        }
    }

    private void pass(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            now = now.plusSeconds(1);
            int before = ear.messages.size();
            ear.tick(now);
            attempts += ear.messages.size() - before;
            ear.spurn(guilty, now);
        }
    }
}
