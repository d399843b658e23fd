package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.notify.Alerts;
import org.junit.jupiter.api.Test;

/** What a silence covers. */
class SilencedTest {
    private final Ear ear = new Ear(webhook("ops"));

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
}
