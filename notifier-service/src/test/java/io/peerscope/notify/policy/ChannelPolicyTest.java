package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.INFO;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.changed;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.Alerts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(ear.messages).hasSize(11).last().extracting(Ear.Said::type).isEqualTo(MessageType.DIGEST);
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

    /** Random storms: whoever was told of a beginning is told of the end; the limit holds but for escalations. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void every_beginning_that_was_told_has_its_end_told(long seed) {
        Random random = new Random(seed);
        Map<String, Severity> firing = new HashMap<>();
        Instant now = T0;
        for (int i = 0; i < 4000; i++) {
            now = now.plusMillis(random.nextInt(2000));
            String host = "h" + random.nextInt(40);
            if (!firing.containsKey(host)) {
                Severity severity = random.nextBoolean() ? WARNING : CRITICAL;
                firing.put(host, severity);
                ear.hear(firing(host, severity), now);
            } else if (random.nextInt(4) == 0 && firing.get(host) == WARNING) {
                firing.put(host, CRITICAL);
                ear.hear(changed(host, CRITICAL), now);
            } else {
                ear.hear(resolved(host, firing.remove(host), now), now);
            }
            if (random.nextInt(3) == 0) {
                ear.tick(now);
            }
        }
        for (String host : Set.copyOf(firing.keySet())) {
            ear.hear(resolved(host, firing.remove(host), now), now);
        }
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(61);
            ear.tick(now);
        }

        assertThat(ear.believedFiring()).isEmpty();
    }

    /** One channel with its state, and what its readers were told. */
    private static final class Ear {
        private record Said(MessageType type, List<Alert> alerts) {}

        private final Channel channel;
        private final Map<String, Told> known = new HashMap<>();
        private final List<Said> messages = new ArrayList<>();
        private final List<Held> held = new ArrayList<>();
        private SendWindow window = SendWindow.empty();

        private Ear(Channel channel) {
            this.channel = channel;
        }

        void hear(AlertEvent event, Instant now) {
            String key = event.data().key();
            ChannelPolicy.Step step =
                    ChannelPolicy.onEvent(channel, window, Optional.ofNullable(known.get(key)), event, now);
            window = step.window();
            if (step.told() != null) {
                known.put(key, step.told());
            }
            switch (step.verdict()) {
                case Verdict.Send send -> messages.add(new Said(send.type(), send.alerts()));
                case Verdict.Hold hold -> {
                    if (hold.why() != Held.NOT_NEWS) {
                        held.add(hold.why());
                    }
                }
            }
        }

        void tick(Instant now) {
            known.values().removeIf(told -> ChannelPolicy.forgettable(channel, told, now));
            ChannelPolicy.Due due = ChannelPolicy.onTime(channel, window, known, now);
            window = due.window();
            known.putAll(due.told());
            due.messages().forEach(send -> messages.add(new Said(send.type(), send.alerts())));
        }

        List<String> said() {
            return messages.stream()
                    .map(m -> m.type().word().replace("alert.", "") + " "
                            + m.alerts().getFirst().host())
                    .toList();
        }

        Set<String> named() {
            Set<String> hosts = new HashSet<>();
            messages.forEach(m -> m.alerts().forEach(alert -> hosts.add(alert.host())));
            return hosts;
        }

        Set<String> endsNamed() {
            Set<String> hosts = new HashSet<>();
            messages.forEach(m -> m.alerts().stream()
                    .filter(alert -> alert.status() == AlertStatus.RESOLVED)
                    .forEach(alert -> hosts.add(alert.host())));
            return hosts;
        }

        Set<String> believedFiring() {
            Set<String> hosts = new HashSet<>();
            for (Said message : messages) {
                for (Alert alert : message.alerts()) {
                    if (alert.status() == AlertStatus.RESOLVED) {
                        hosts.remove(alert.host());
                    } else {
                        hosts.add(alert.host());
                    }
                }
            }
            return hosts;
        }
    }
}
