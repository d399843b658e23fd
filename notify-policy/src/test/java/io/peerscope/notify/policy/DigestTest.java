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
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.Alerts;
import org.junit.jupiter.api.Test;

/** What is too much at once is told in digests that name every alert. */
class DigestTest {
    private final Ear ear = new Ear(webhook("ops"));

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
}
