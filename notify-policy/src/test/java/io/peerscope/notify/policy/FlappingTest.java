package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.notify.Alerts;
import org.junit.jupiter.api.Test;

/** What comes and goes. */
class FlappingTest {
    private final Ear ear = new Ear(webhook("ops"));

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
}
