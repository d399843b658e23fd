package io.peerscope.notify.policy;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.enabled;
import static io.peerscope.notify.Alerts.matching;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.notify.Alerts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random storms of episodes on a few dozen hosts. */
class ChannelPolicyPropertyTest {
    private static final Channel CHANNEL = webhook("ops");

    private final Ear ear = new Ear(CHANNEL);
    private final Map<String, Alert> on = new TreeMap<>();
    /** Hosts that a silence covers, also between their alerts. */
    private final Set<String> silenced = new HashSet<>();

    private boolean flaps;
    private final Set<String> flapping = new HashSet<>();
    /** By host, what ended last while it flapped. */
    private final Map<String, Alert> flapped = new TreeMap<>();

    private final Set<String> began = new HashSet<>();
    private Instant now = T0;
    private int episodes;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void what_was_told_to_begin_is_told_to_end_whatever_happens_to_the_channel(long seed) {
        Random random = new Random(seed);
        flaps = true;
        for (int i = 0; i < 4000; i++) {
            step(random);
            switch (random.nextInt(100)) {
                case 0 -> turn(random);
                case 1 -> ear.channel = matching(ear.channel, Map.of("host", "h" + random.nextInt(4) + "*"));
                case 2 -> ear.channel = CHANNEL;
                default -> {}
            }
        }
        ear.channel = CHANNEL;
        end();

        assertThat(ear.believedFiring()).isEmpty();
        assertThat(ear.knownKeys()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void every_alert_is_named_unless_the_cooldown_outlasted_it(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 4000; i++) {
            step(random);
        }
        end();

        Set<String> named = new HashSet<>();
        ear.messages.forEach(message -> message.alerts().forEach(alert -> named.add(alert.id())));
        long untold = ear.held.stream().filter(why -> why == Held.ENDED_UNTOLD).count();
        assertThat(began).containsAll(named).hasSize((int) (named.size() + untold));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void only_what_gets_worse_goes_over_the_limit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 4000; i++) {
            step(random);
        }

        List<Instant> times = ear.times;
        for (int i = 0; i < times.size(); i++) {
            Instant until = times.get(i).plus(Duration.ofMinutes(1));
            long withinAMinute = times.subList(i, times.size()).stream()
                    .filter(at -> at.isBefore(until))
                    .count();
            // 20 single messages, and a digest for each second with an escalation.
            assertThat(withinAMinute).isLessThanOrEqualTo(80);
        }
    }

    /** On, or off with some of the last messages still unsent. */
    private void turn(Random random) {
        ear.channel = enabled(ear.channel, !ear.channel.enabled());
        if (!ear.channel.enabled() && !ear.messages.isEmpty()) {
            int unsent = random.nextInt(Math.min(5, ear.messages.size()) + 1);
            ear.cutOff(ear.messages.size() - unsent, now);
        }
    }

    private void step(Random random) {
        now = now.plusMillis(random.nextInt(2000));
        String host = "h" + random.nextInt(40);
        Alert alert = on.get(host);
        if (alert == null) {
            Alert begun = Alerts.episode(
                    host + "#" + ++episodes, host, random.nextBoolean() ? WARNING : CRITICAL, AlertStatus.FIRING, null);
            began.add(begun.id());
            hear(AlertTransition.FIRING, begun);
        } else {
            switch (random.nextInt(flaps ? 6 : 5)) {
                case 5 -> turnFlapping(alert);
                case 4 -> turnSilence(alert);
                case 0 -> hear(AlertTransition.SEVERITY_CHANGED, as(alert, CRITICAL, AlertStatus.FIRING));
                case 1 -> hear(AlertTransition.SEVERITY_CHANGED, as(alert, WARNING, AlertStatus.FIRING));
                case 2 -> hear(AlertTransition.NO_DATA, as(alert, alert.severity(), AlertStatus.NO_DATA));
                default -> resolve(alert);
            }
        }
        if (random.nextInt(3) == 0) {
            ear.tick(now);
        }
    }

    private void turnSilence(Alert alert) {
        if (!silenced.remove(alert.host())) {
            silenced.add(alert.host());
            hear(AlertTransition.SILENCED, alert);
        } else {
            hear(AlertTransition.UNSILENCED, alert);
        }
    }

    /** Hosts whose alerts come and go. */
    private void turnFlapping(Alert alert) {
        if (flapping.add(alert.host())) {
            hear(AlertTransition.FLAPPING, alert);
        } else {
            flapping.remove(alert.host());
            flapped.remove(alert.host());
            hear(AlertTransition.STEADY, alert);
        }
    }

    private Alert marked(Alert alert) {
        Alert covered = silenced.contains(alert.host()) ? Alerts.silenced(alert) : alert;
        return flapping.contains(alert.host()) ? Alerts.flapping(covered) : covered;
    }

    private void hear(AlertTransition transition, Alert alert) {
        on.put(alert.host(), alert);
        boolean quiet = silenced.contains(alert.host());
        int before = ear.messages.size();
        ear.hear(Alerts.event(transition, marked(alert), 1), now);
        assertThat(quiet && ear.messages.size() > before)
                .as("silenced and yet told")
                .isFalse();
    }

    private void resolve(Alert alert) {
        on.remove(alert.host());
        Alert end = Alerts.episode(alert.id(), alert.host(), alert.severity(), AlertStatus.RESOLVED, now);
        ear.hear(Alerts.event(AlertTransition.RESOLVED, marked(end), 1), now);
        if (flapping.contains(alert.host())) {
            flapped.put(alert.host(), end);
        }
    }

    private void end() {
        List.copyOf(on.values()).forEach(this::resolve);
        flapping.clear();
        flapped.values().forEach(end -> ear.hear(Alerts.event(AlertTransition.STEADY, end, 2), now));
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(61);
            ear.tick(now);
        }
    }

    private static Alert as(Alert alert, Severity severity, AlertStatus status) {
        return Alerts.episode(alert.id(), alert.host(), severity, status, null);
    }
}
