package io.peerscope.notify.policy;

import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import java.time.Duration;
import java.util.List;
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

    private static List<String> said(ChannelRehearsal rehearsal) {
        return rehearsal.finish(T0.plusSeconds(3_600)).stream()
                .map(message -> Duration.between(T0, message.at()).toSeconds() + " "
                        + message.type().word() + " " + message.alerts().size())
                .toList();
    }
}
