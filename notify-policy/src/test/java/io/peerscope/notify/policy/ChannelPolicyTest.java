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
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.Alerts;
import java.util.List;
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
    void over_the_limit_every_alert_is_named_in_a_digest_and_its_end_is_told() {
        for (int i = 0; i < 500; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        assertThat(ear.said()).hasSize(10);
        ear.tick(T0.plusSeconds(61));

        assertThat(ear.named()).hasSize(500);
        assertThat(ear.messages)
                .hasSize(11)
                .last()
                .extracting(Verdict.Send::type)
                .isEqualTo(MessageType.DIGEST);
        for (int i = 0; i < 500; i++) {
            ear.hear(resolved("h" + i, WARNING, T0.plusSeconds(62)), T0.plusSeconds(62));
        }
        ear.tick(T0.plusSeconds(125));
        assertThat(ear.endsNamed()).hasSize(500);
    }

    @Test
    void an_alert_that_ended_while_it_waited_for_the_digest_is_named_as_ended() {
        for (int i = 0; i < 11; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        ear.hear(resolved("h10", WARNING, T0.plusSeconds(5)), T0.plusSeconds(5));
        ear.tick(T0.plusSeconds(61));

        assertThat(ear.messages.getLast().alerts())
                .singleElement()
                .extracting(Alert::status)
                .isEqualTo(AlertStatus.RESOLVED);
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
    void an_escalation_of_what_waits_for_a_digest_makes_the_digest_due() {
        for (int i = 0; i < 11; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        ear.hear(changed("h10", CRITICAL), T0.plusSeconds(1));
        ear.tick(T0.plusSeconds(2));

        assertThat(ear.said()).hasSize(11).last().isEqualTo("digest h10");
    }

    @Test
    void a_storm_of_escalations_is_told_within_a_second_and_folded() {
        for (int i = 0; i < 300; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        ear.tick(T0.plusSeconds(61));
        for (int i = 0; i < 300; i++) {
            ear.hear(changed("h" + i, CRITICAL), T0.plusSeconds(62));
        }
        ear.tick(T0.plusSeconds(63));

        assertThat(ear.messages).hasSizeLessThanOrEqualTo(10 + 1 + 20 + 1);
        assertThat(ear.believedSeverity()).hasSize(300).containsValue(CRITICAL).doesNotContainValue(WARNING);
    }

    @Test
    void a_digest_that_waits_gets_the_next_free_place() {
        for (int i = 0; i < 20; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        for (int i = 20; i < 60; i++) {
            ear.hear(firing("h" + i, WARNING), T0.plusSeconds(60));
        }
        ear.tick(T0.plusSeconds(61));

        assertThat(ear.said()).hasSize(11);
        assertThat(ear.named()).hasSize(60);
    }

    @Test
    void an_end_that_waits_is_told_although_the_next_episode_has_begun() {
        ear.hear(firing("h1", WARNING), T0);
        for (int i = 10; i < 20; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(1)), T0.plusSeconds(1));
        Alert second = Alerts.episode("second", "h1", WARNING, AlertStatus.FIRING, null);
        ear.hear(Alerts.event(AlertTransition.FIRING, second, 1), T0.plusSeconds(2));
        ear.tick(T0.plusSeconds(61));

        assertThat(ear.messages.getLast().alerts().stream()
                        .map(a -> a.id() + " " + a.status().word()))
                .containsSequence("a-h1 resolved", "second firing");
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
    void a_channel_that_is_off_hears_nothing_and_is_told_the_ends_when_it_is_on_again() {
        ear.hear(firing("h1", WARNING), T0);
        ear.channel = Alerts.enabled(ear.channel, false);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));
        ear.hear(firing("h2", CRITICAL), T0.plusSeconds(30));
        ear.tick(T0.plusSeconds(500));
        assertThat(ear.said()).containsExactly("firing h1");
        assertThat(ear.held).containsExactly(Held.DISABLED, Held.DISABLED);

        ear.channel = Alerts.enabled(ear.channel, true);
        ear.tick(T0.plusSeconds(600));
        assertThat(ear.said()).containsExactly("firing h1", "digest h1");
        assertThat(ear.believedFiring()).containsExactly("a-h2");
    }

    @Test
    void what_ends_while_the_channel_is_off_is_never_told_and_what_is_to_be_done_is_not_done_later() {
        ear.channel = Alerts.enabled(ear.channel, false);
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(20)), T0.plusSeconds(20));
        ear.channel = Alerts.enabled(ear.channel, true);
        ear.tick(T0.plusSeconds(30));
        assertThat(ear.said()).isEmpty();
        assertThat(ear.held).containsExactly(Held.DISABLED, Held.ENDED_UNTOLD);

        ear.channel = Alerts.enabled(Alerts.action("fail"), false);
        ear.hear(firing("h2", CRITICAL), T0.plusSeconds(40));
        ear.channel = Alerts.action("fail");
        ear.tick(T0.plusSeconds(50));
        assertThat(ear.said()).isEmpty();
    }

    @Test
    void what_came_back_undelivered_is_told_when_the_channel_is_on_again_and_its_end_only_then() {
        for (String host : List.of("h1", "h2", "h3")) {
            ear.hear(firing(host, WARNING), T0);
        }
        ear.channel = Alerts.enabled(ear.channel, false);
        ear.cutOff(0, T0.plusSeconds(5));
        ear.hear(resolved("h2", WARNING, T0.plusSeconds(6)), T0.plusSeconds(6));
        ear.tick(T0.plusSeconds(7));
        assertThat(ear.said()).isEmpty();

        ear.channel = Alerts.enabled(ear.channel, true);
        ear.tick(T0.plusSeconds(8));
        assertThat(ear.named()).containsExactlyInAnyOrder("h1", "h3");
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(9)), T0.plusSeconds(9));
        ear.hear(resolved("h3", WARNING, T0.plusSeconds(9)), T0.plusSeconds(9));
        assertThat(ear.endsNamed()).containsExactlyInAnyOrder("h1", "h3");
        ear.tick(T0.plusSeconds(400));
        assertThat(ear.knownKeys()).isZero();
    }

    @Test
    void a_worsening_that_came_back_is_told_again_and_so_is_the_end_of_what_was_heard() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(firing("h2", WARNING), T0);
        ear.hear(changed("h1", CRITICAL), T0.plusSeconds(1));
        ear.hear(resolved("h2", WARNING, T0.plusSeconds(1)), T0.plusSeconds(1));
        ear.channel = Alerts.enabled(ear.channel, false);
        ear.cutOff(2, T0.plusSeconds(2));
        assertThat(ear.said()).containsExactly("firing h1", "firing h2");

        ear.channel = Alerts.enabled(ear.channel, true);
        ear.tick(T0.plusSeconds(3));
        assertThat(ear.said()).containsExactly("firing h1", "firing h2", "severity_changed h1", "digest h2");
        assertThat(ear.believedSeverity()).isEqualTo(Map.of("a-h1", CRITICAL));
    }

    @Test
    void the_end_of_what_nobody_heard_of_is_forgotten_although_it_was_owed() {
        ear.hear(firing("h1", WARNING), T0);
        ear.channel = Alerts.enabled(ear.channel, false);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(1)), T0.plusSeconds(1));
        ear.cutOff(0, T0.plusSeconds(2));
        ear.channel = Alerts.enabled(ear.channel, true);
        ear.tick(T0.plusSeconds(3));
        assertThat(ear.messages).isEmpty();
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
    void digests_stay_below_what_kafka_takes() {
        for (int i = 0; i < 2000; i++) {
            ear.hear(firing("h" + i + "x".repeat(1000), WARNING), T0);
        }
        for (int i = 1; i < 5; i++) {
            ear.tick(T0.plusSeconds(61L * i));
        }

        assertThat(ear.named()).hasSize(2000);
        assertThat(ear.messages)
                .allSatisfy(said -> assertThat(Json.encode(said.alerts())).hasSizeLessThan(600_000));
    }

    @Test
    void what_a_silence_covers_is_held_back_and_told_once_when_it_ends() {
        Alert alert = Alerts.alert("h1", WARNING, AlertStatus.FIRING, null);
        ear.hear(Alerts.event(AlertTransition.FIRING, Alerts.silenced(alert), 1), T0);
        ear.hear(Alerts.event(AlertTransition.SEVERITY_CHANGED, Alerts.silenced(alert), 2), T0.plusSeconds(5));
        assertThat(ear.held).containsExactly(Held.SILENCED, Held.SILENCED);
        ear.tick(T0.plusSeconds(400));
        assertThat(ear.said()).isEmpty();

        ear.hear(Alerts.event(AlertTransition.UNSILENCED, alert, 3), T0.plusSeconds(500));
        ear.hear(Alerts.event(AlertTransition.UNSILENCED, alert, 3), T0.plusSeconds(501));
        ear.tick(T0.plusSeconds(900));
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(1000)), T0.plusSeconds(1000));
        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
    }

    @Test
    void what_was_told_before_the_silence_is_told_to_end_during_it() {
        Alert alert = Alerts.alert("h1", WARNING, AlertStatus.FIRING, null);
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(Alerts.event(AlertTransition.SILENCED, Alerts.silenced(alert), 2), T0.plusSeconds(5));
        Alert end = Alerts.alert("h1", WARNING, AlertStatus.RESOLVED, T0.plusSeconds(9));
        ear.hear(Alerts.event(AlertTransition.RESOLVED, Alerts.silenced(end), 3), T0.plusSeconds(9));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
    }

    @Test
    void what_began_and_ended_under_a_silence_is_never_told() {
        Alert alert = Alerts.alert("h1", CRITICAL, AlertStatus.FIRING, null);
        ear.hear(Alerts.event(AlertTransition.FIRING, Alerts.silenced(alert), 1), T0);
        ear.hear(resolved("h1", CRITICAL, T0.plusSeconds(9)), T0.plusSeconds(9));
        ear.tick(T0.plusSeconds(900));

        assertThat(ear.said()).isEmpty();
        assertThat(ear.held).containsExactly(Held.SILENCED, Held.ENDED_UNTOLD);
    }

    @Test
    void a_silence_that_ends_tells_nothing_twice_but_what_got_worse_meanwhile() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(firing("h2", WARNING), T0);
        for (String host : new String[] {"h1", "h2"}) {
            Alert same = Alerts.alert(host, WARNING, AlertStatus.FIRING, null);
            ear.hear(Alerts.event(AlertTransition.SILENCED, Alerts.silenced(same), 2), T0.plusSeconds(1));
        }
        Alert worse = Alerts.alert("h2", CRITICAL, AlertStatus.FIRING, null);
        ear.hear(Alerts.event(AlertTransition.SEVERITY_CHANGED, Alerts.silenced(worse), 3), T0.plusSeconds(2));
        assertThat(ear.said()).containsExactly("firing h1", "firing h2");

        ear.hear(
                Alerts.event(AlertTransition.UNSILENCED, Alerts.alert("h1", WARNING, AlertStatus.FIRING, null), 3),
                T0.plusSeconds(20));
        ear.hear(Alerts.event(AlertTransition.UNSILENCED, worse, 4), T0.plusSeconds(20));
        assertThat(ear.said()).containsExactly("firing h1", "firing h2", "severity_changed h2");
    }

    @Test
    void a_digest_does_not_name_what_was_silenced_meanwhile() {
        for (int i = 0; i < 12; i++) {
            ear.hear(firing("h" + i, WARNING), T0);
        }
        Alert waiting = Alerts.alert("h11", WARNING, AlertStatus.FIRING, null);
        ear.hear(Alerts.event(AlertTransition.SILENCED, Alerts.silenced(waiting), 2), T0.plusSeconds(1));
        ear.tick(T0.plusSeconds(61));
        assertThat(ear.named()).hasSize(11).doesNotContain("h11");
        ear.hear(Alerts.event(AlertTransition.UNSILENCED, waiting, 3), T0.plusSeconds(70));
        assertThat(ear.named()).contains("h11");
    }

    /** An episode of h1 that flaps, from its beginning to its end. */
    private void flap(String id, int second) {
        Alert on = Alerts.flapping(Alerts.episode(id, "h1", WARNING, AlertStatus.FIRING, null));
        ear.hear(Alerts.event(AlertTransition.FIRING, on, 1), T0.plusSeconds(second));
        ear.hear(Alerts.event(AlertTransition.FLAPPING, on, 2), T0.plusSeconds(second));
        ear.hear(flapEnds(id, second + 5), T0.plusSeconds(second + 5));
    }

    private static AlertEvent flapEnds(String id, int second) {
        Alert end = Alerts.episode(id, "h1", WARNING, AlertStatus.RESOLVED, T0.plusSeconds(second));
        return Alerts.event(AlertTransition.RESOLVED, Alerts.flapping(end), 3);
    }

    @Test
    void that_it_flaps_is_said_once_and_its_end_when_it_is_steady() {
        for (int i = 0; i < 20; i++) {
            flap("e" + i, 10 * i);
            ear.tick(T0.plusSeconds(10 * i + 6));
        }
        assertThat(ear.said()).containsExactly("flapping h1");
        assertThat(ear.held).containsOnly(Held.FLAPPING);

        Alert steady = Alerts.episode("e19", "h1", WARNING, AlertStatus.RESOLVED, T0.plusSeconds(500));
        ear.hear(Alerts.event(AlertTransition.STEADY, steady, 4), T0.plusSeconds(500));
        assertThat(ear.said()).containsExactly("flapping h1", "resolved h1");
    }

    @Test
    void what_is_steady_and_on_is_said_to_fire_and_later_to_end() {
        flap("e1", 0);
        Alert on = Alerts.episode("e2", "h1", WARNING, AlertStatus.FIRING, null);
        ear.hear(Alerts.event(AlertTransition.FIRING, Alerts.flapping(on), 1), T0.plusSeconds(10));
        ear.hear(Alerts.event(AlertTransition.STEADY, on, 2), T0.plusSeconds(400));
        ear.tick(T0.plusSeconds(401));
        Alert end = Alerts.episode("e2", "h1", WARNING, AlertStatus.RESOLVED, T0.plusSeconds(450));
        ear.hear(Alerts.event(AlertTransition.RESOLVED, end, 3), T0.plusSeconds(450));

        assertThat(ear.said()).containsExactly("flapping h1", "firing h1", "resolved h1");
        assertThat(ear.messages.get(1).alerts())
                .as("the episode that they were told of is over")
                .extracting(Alert::id)
                .containsExactly("e1", "e2");
        assertThat(ear.believedFiring()).isEmpty();
    }

    @Test
    void what_flaps_and_gets_worse_is_said_at_once() {
        flap("e1", 0);
        Alert worse = Alerts.flapping(Alerts.episode("e2", "h1", CRITICAL, AlertStatus.FIRING, null));
        ear.hear(Alerts.event(AlertTransition.FIRING, worse, 1), T0.plusSeconds(10));

        assertThat(ear.said()).containsExactly("flapping h1", "severity_changed h1");
    }

    @Test
    void that_it_flaps_waits_for_the_cooldown_of_what_was_said_before() {
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(resolved("h1", WARNING, T0.plusSeconds(5)), T0.plusSeconds(5));
        flap("e1", 10);
        Alert on = Alerts.flapping(Alerts.episode("e2", "h1", WARNING, AlertStatus.FIRING, null));
        ear.hear(Alerts.event(AlertTransition.FIRING, on, 1), T0.plusSeconds(20));
        ear.tick(T0.plusSeconds(301));

        assertThat(ear.said()).containsExactly("firing h1", "resolved h1", "flapping h1");
    }

    @Test
    void what_began_to_flap_under_a_silence_is_said_when_that_ends() {
        Alert on = Alerts.flapping(Alerts.episode("e1", "h1", WARNING, AlertStatus.FIRING, null));
        ear.hear(Alerts.event(AlertTransition.FIRING, Alerts.silenced(on), 1), T0);
        ear.hear(Alerts.event(AlertTransition.FLAPPING, Alerts.silenced(on), 2), T0);
        ear.hear(Alerts.event(AlertTransition.UNSILENCED, on, 3), T0.plusSeconds(60));
        ear.hear(flapEnds("e1", 70), T0.plusSeconds(70));
        Alert steady = Alerts.episode("e1", "h1", WARNING, AlertStatus.RESOLVED, T0.plusSeconds(500));
        ear.hear(Alerts.event(AlertTransition.STEADY, steady, 5), T0.plusSeconds(500));

        assertThat(ear.said()).containsExactly("flapping h1", "resolved h1");
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
