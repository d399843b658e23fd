package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.changed;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.notify.Alerts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A channel that is switched off for a while, and what was on its way to it. */
class SwitchedOffTest {
    private final Ear ear = new Ear(webhook("ops"));

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
}
