package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.notify.Alerts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that lets a thousand rules come and go does not use up the channel for the others. */
class FairShareTest {
    private static final int RULES = 1000;
    private static final int PERIOD = 20;

    private final Ear ear = new Ear(webhook("ops"));

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 47, 61, 130, 299})
    void what_is_critical_elsewhere_is_told_within_a_minute(int second) {
        Instant since = T0.plusSeconds(second);
        Instant now = T0;
        while (!ear.named().contains("good")) {
            int phase = (int) (Duration.between(T0, now).toSeconds() % PERIOD);
            if (phase == 0) {
                all(AlertTransition.FIRING, AlertStatus.FIRING, now);
            } else if (phase == PERIOD / 2) {
                all(AlertTransition.RESOLVED, AlertStatus.RESOLVED, now);
            }
            if (now.equals(since)) {
                ear.hear(Alerts.firing("good", CRITICAL), now);
            }
            ear.tick(now);
            now = now.plusSeconds(1);
        }

        assertThat(Duration.between(since, ear.times.getLast())).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(ear.messages).as("ten a minute").hasSizeLessThanOrEqualTo(10 * (second / 60 + 2));
    }

    private void all(AlertTransition transition, AlertStatus status, Instant now) {
        Instant end = status == AlertStatus.RESOLVED ? now : null;
        for (int i = 0; i < RULES; i++) {
            Alert alert = Alerts.episode("bad-" + now.getEpochSecond() / PERIOD, "bad", WARNING, status, end);
            ear.hear(Alerts.event(transition, Alerts.ofRule("r" + i, alert), 1), now);
        }
    }
}
