package io.peerscope.notify.policy;

import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.notify.Alerts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelRehearsalTest {
    private static final Channel CHANNEL = webhook("ops");

    @Test
    void aBeginningAndItsEndAreTold() {
        ChannelRehearsal rehearsal = new ChannelRehearsal(CHANNEL, List.of(), T0);
        rehearsal.hear(firing("h1", Severity.HIGH));
        rehearsal.hear(resolved("h1", Severity.HIGH, T0.plusSeconds(60)));
        assertThat(said(rehearsal)).containsExactly("0 alert.firing 1", "60 alert.resolved 1");
    }

    @Test
    void whatIsOverTheLimitComesAsOneDigestThatNamesAll() {
        ChannelRehearsal rehearsal = new ChannelRehearsal(CHANNEL, List.of(), T0);
        for (int i = 0; i < 30; i++) {
            rehearsal.hear(firing("h" + i, Severity.HIGH));
        }
        assertThat(said(rehearsal)).hasSize(11).last().asString().endsWith("alert.digest 20");
    }

    @Test
    void aChannelThatWantsNothingOfItIsSentNothing() {
        ChannelRehearsal rehearsal = new ChannelRehearsal(CHANNEL, List.of(), T0);
        rehearsal.hear(firing("h1", Severity.INFO));
        assertThat(said(rehearsal)).isEmpty();
    }

    @Test
    void whatWasOnAtTheTimeHoldsBackWhatFollowsFromIt() {
        Inhibition down =
                new Inhibition("down", Map.of("rule_id", "host_silent"), Map.of("rule_id", "cpu_*"), List.of("host"));
        Alert cause = Alerts.ofRule(
                "host_silent", Alerts.alert("h1", Severity.CRITICAL, AlertStatus.RESOLVED, T0.plusSeconds(90)));
        ChannelRehearsal rehearsal = new ChannelRehearsal(CHANNEL, List.of(down), T0).besides(List.of(cause));
        rehearsal.hear(firing("h1", Severity.HIGH));
        rehearsal.hear(firing("h2", Severity.HIGH));

        assertThat(said(rehearsal)).containsExactly("0 alert.firing 1", "90 alert.firing 1");
    }

    private static List<String> said(ChannelRehearsal rehearsal) {
        return rehearsal.finish(T0.plusSeconds(3_600)).stream()
                .map(message -> Duration.between(T0, message.at()).toSeconds() + " "
                        + message.type().word() + " " + message.alerts().size())
                .toList();
    }
}
