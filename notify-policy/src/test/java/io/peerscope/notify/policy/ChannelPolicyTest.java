package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.INFO;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.changed;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.noData;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.notify.Alerts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelPolicyTest {
    private final Ear ear = new Ear(webhook("ops"));

    @Test
    void an_alert_nobody_heard_of_is_sent_and_so_is_its_end() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
    }

    @Test
    void the_same_alert_again_waits_for_the_cooldown_and_is_sent_then_if_it_still_fires() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));
        ear.hear(firing("h1", WARNING), T0.plusSeconds(40));
        ear.tick(T0.plusSeconds(299));
        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
        assertThat(ear.held).containsExactly(Held.COOLDOWN);

        ear.tick(T0.plusSeconds(300));
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(310)), T0.plusSeconds(310));
        assertThat(ear.said()).containsExactly("firing h1", "resolved h1", "firing h1", "resolved h1");
    }

    @Test
    void an_alert_that_began_and_ended_within_the_cooldown_stays_unsaid() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));
        ear.hear(firing("h1", WARNING), T0.plusSeconds(40));
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(60)), T0.plusSeconds(60));
        ear.tick(T0.plusSeconds(400));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
        assertThat(ear.held).containsExactly(Held.COOLDOWN, Held.ENDED_UNTOLD);
    }

    @Test
    void an_escalation_is_never_held_back_by_the_cooldown() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(changed("h1", CRITICAL), T0.plusSeconds(1));

        assertThat(ear.said()).containsExactly("firing h1", "severity_changed h1");
    }

    @Test
    void an_escalation_is_never_held_back_by_the_limit() {
        for (int i = 0; i < 10; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        ear.hear(changed("h3", CRITICAL), T0.plusSeconds(1));

        assertThat(ear.said()).hasSize(11).last().isEqualTo("severity_changed h3");
    }

    @Test
    void a_return_that_is_worse_than_before_does_not_wait_for_the_cooldown() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));
        ear.hear(firing("h1", CRITICAL), T0.plusSeconds(40));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1", "firing h1");
    }

    @Test
    void a_fall_in_severity_is_no_news() {
        ear.hear(firing("h1", CRITICAL), T0);
        ear.hear(changed("h1", WARNING), T0.plusSeconds(10));

        assertThat(ear.said()).containsExactly("firing h1");
        assertThat(ear.held).containsExactly(Held.MILDER);
    }

    @Test
    void what_is_too_mild_is_sent_once_it_is_not() {
        ear.hear(firing("h1", INFO), T0);
        assertThat(ear.held).containsExactly(Held.BELOW_SEVERITY);
        ear.hear(changed("h1", WARNING), T0.plusSeconds(10));
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
    }

    @Test
    void the_end_of_what_was_too_mild_is_not_told() {
        ear.hear(firing("h1", INFO), T0);
        ear.hear(resolved("h1", INFO, T0.plusSeconds(20)), T0.plusSeconds(20));

        assertThat(ear.said()).isEmpty();
    }

    @Test
    void acknowledging_is_no_message() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(
                Alerts.event(AlertTransition.ACKNOWLEDGED, Alerts.alert("h1", WARNING, AlertStatus.FIRING, null), 2),
                T0.plusSeconds(3));
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
    }

    @Test
    void silence_after_a_beginning_that_was_told_does_not_swallow_the_end() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(noData("h1"), T0.plusSeconds(60));
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(90)), T0.plusSeconds(90));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
    }

    @Test
    void silence_that_was_held_is_told_as_silence() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(noData("h1"), T0.plusSeconds(60));
        ear.tick(T0.plusSeconds(300));

        assertThat(ear.said()).containsExactly("firing h1", "no_data h1");
    }

    @Test
    void data_that_came_back_before_the_silence_was_told_is_no_news() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(noData("h1"), T0.plusSeconds(60));
        ear.hear(changed("h1", WARNING), T0.plusSeconds(70));
        ear.tick(T0.plusSeconds(300));

        assertThat(ear.said()).containsExactly("firing h1");
    }

    @Test
    void an_episode_without_an_end_of_its_own_ended_when_the_next_began() {
        ear.hear(firing("h1", WARNING), T0);
        Alert second = Alerts.episode("second", "h1", WARNING, AlertStatus.FIRING, null);
        ear.hear(Alerts.event(AlertTransition.FIRING, second, 1), T0.plusSeconds(2));
        ear.tick(T0.plusSeconds(3));

        assertThat(ear.believedFiring()).containsExactly("second");
    }

    @Test
    void the_end_is_told_although_the_channel_matches_the_alert_no_more() {
        ear.hear(firing("h1", CRITICAL), T0);
        ear.channel = Alerts.matching(ear.channel, Map.of("host", "other*"));
        ear.hear(changed("h1", WARNING), T0.plusSeconds(5));
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
    }

    @Test
    void a_clock_that_was_put_back_does_not_silence_the_channel() {
        for (int i = 0; i < 10; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        ear.hear(resolved("h1", WARNING, T0), T0.minusSeconds(3600));
        ear.hear(firing("h1", WARNING), T0.minusSeconds(3599));

        assertThat(ear.said()).hasSize(12);
    }

    @Test
    void what_is_reopened_is_said_again() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(5)), T0.plusSeconds(5));
        Alert again = Alerts.alert("h1", WARNING, AlertStatus.FIRING, null);
        ear.hear(Alerts.event(AlertTransition.REOPENED, again, 4), T0.plusSeconds(10));
        ear.tick(T0.plusSeconds(301));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1", "firing h1");
    }
}
