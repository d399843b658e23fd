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
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Channel.Pace;
import io.peerscope.contracts.notify.Channel.Turn;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.QuietHours;
import io.peerscope.notify.Alerts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each stage by itself: what it holds, for how long, and what it lets pass. */
class PipelineTest {
    private static final Inhibition HOST_DOWN =
            new Inhibition("host_down", Map.of("rule_id", "host_silent"), Map.of("host", "*"), List.of("host"));

    @Nested
    class Inhibited {
        private final Ear ear = new Ear(webhook("ops"));

        Inhibited() {
            ear.inhibitors.put(HOST_DOWN);
        }

        @Test
        void what_follows_from_a_cause_waits_until_the_cause_is_gone() {
            ear.hear(cause("h1"), T0);
            ear.hear(firing("h1", WARNING), T0.plusSeconds(1));
            ear.hear(firing("h2", WARNING), T0.plusSeconds(1));
            ticks(ear, 1, 600);
            assertThat(ear.said()).containsExactly("firing h1", "firing h2");
            assertThat(ear.held).containsExactly(Held.INHIBITED);

            ear.hear(gone("h1"), T0.plusSeconds(601));
            ear.tick(T0.plusSeconds(602));
            assertThat(ear.said()).containsExactly("firing h1", "firing h2", "resolved h1", "firing h1");
        }

        @Test
        void what_ends_before_its_cause_is_never_told() {
            ear.hear(cause("h1"), T0);
            ear.hear(firing("h1", WARNING), T0.plusSeconds(1));
            ear.hear(resolved("h1", WARNING, T0.plusSeconds(9)), T0.plusSeconds(9));
            ear.hear(gone("h1"), T0.plusSeconds(10));
            ticks(ear, 10, 20);
            assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
            assertThat(ear.held).containsExactly(Held.INHIBITED, Held.ENDED_UNTOLD);
        }

        @Test
        void who_was_told_before_the_cause_came_is_told_the_end() {
            ear.hear(firing("h1", WARNING), T0);
            ear.hear(cause("h1"), T0.plusSeconds(1));
            ear.hear(resolved("h1", WARNING, T0.plusSeconds(9)), T0.plusSeconds(9));
            assertThat(ear.said()).containsExactly("firing h1", "firing h1", "resolved h1");
        }

        @Test
        void a_cause_does_not_inhibit_itself_nor_one_like_it() {
            ear.inhibitors.put(new Inhibition("host_down", Map.of("rule_id", "host_*"), Map.of(), List.of("host")));
            ear.hear(cause("h1"), T0);
            Alert twin = Alerts.ofRule("host_gone", Alerts.alert("h1", WARNING, AlertStatus.FIRING, null));
            ear.hear(Alerts.event(AlertTransition.FIRING, twin, 1), T0);
            assertThat(ear.messages).hasSize(2);
        }

        @Test
        void a_channel_that_hears_nothing_of_the_cause_hears_what_follows() {
            ear.channel = Alerts.matching(webhook("ops"), Map.of("rule_id", "cpu_*"));
            ear.hear(cause("h1"), T0);
            ear.hear(firing("h1", WARNING), T0.plusSeconds(1));
            assertThat(ear.said()).containsExactly("firing h1");
        }

        @Test
        void an_inhibition_that_is_removed_holds_nothing() {
            ear.hear(cause("h1"), T0);
            ear.hear(firing("h1", WARNING), T0.plusSeconds(1));
            ear.inhibitors.remove("host_down");
            ear.tick(T0.plusSeconds(2));
            assertThat(ear.said()).containsExactly("firing h1", "firing h1");
        }

        static AlertEvent cause(String host) {
            return Alerts.event(AlertTransition.FIRING, silent(host, AlertStatus.FIRING, "a"), 1);
        }

        private static AlertEvent gone(String host) {
            return Alerts.event(AlertTransition.RESOLVED, silent(host, AlertStatus.RESOLVED, "a"), 2);
        }

        private static Alert silent(String host, AlertStatus status, String id) {
            Instant end = status == AlertStatus.RESOLVED ? T0.plusSeconds(1) : null;
            return Alerts.ofRule("host_silent", Alerts.episode(id, host, CRITICAL, status, end));
        }
    }

    /** A link that fails with others, or with the host at its end, is told with them. */
    @Nested
    class PartOfMore {
        private static final String ID = "relay:r1:1";
        private final Ear ear = new Ear(webhook("ops"));

        PartOfMore() {
            incident(null);
        }

        private void incident(@Nullable Instant end) {
            List<String> ways = List.of("h1|h2", "h3|h4");
            IncidentLive incident = new IncidentLive(ID, "relay", "r1", T0, end, 2, 1, List.of(), false, ways);
            ways.forEach(link -> ear.incidents.put(link, incident));
        }

        @Test
        void one_message_for_all_and_later_one_for_each_that_is_still_bad() {
            ear.hear(relay(AlertTransition.FIRING, T0), T0.plusSeconds(10));
            for (String kind : List.of("connection", "link")) {
                ear.hear(link(kind, "h1", "h2", AlertTransition.FIRING), T0.plusSeconds(60));
                ear.hear(link(kind, "h3", "h4", AlertTransition.FIRING), T0.plusSeconds(60));
            }
            ticks(ear, 60, 120);
            assertThat(ear.said()).containsExactly("firing network");
            assertThat(ear.held).hasSize(4).containsOnly(Held.INCIDENT);

            incident(T0.plusSeconds(121));
            ear.hear(relay(AlertTransition.RESOLVED, T0.plusSeconds(121)), T0.plusSeconds(121));
            ear.hear(link("connection", "h1", "h2", AlertTransition.RESOLVED), T0.plusSeconds(122));
            ear.hear(link("link", "h1", "h2", AlertTransition.RESOLVED), T0.plusSeconds(122));
            ticks(ear, 122, 140);
            assertThat(ear.said()).containsExactly("firing network", "resolved network", "digest h3");
            assertThat(ear.messages.getLast().alerts())
                    .as("of one rule, in one message")
                    .hasSize(2);
        }

        @Test
        void who_hears_nothing_of_the_incident_hears_of_the_link_once_that_is_clear() {
            ear.channel = Alerts.matching(webhook("ops"), Map.of("host", "h*"));
            ear.hear(relay(AlertTransition.FIRING, T0), T0.plusSeconds(10));
            ear.hear(link("connection", "h1", "h2", AlertTransition.FIRING), T0.plusSeconds(2));
            ticks(ear, 3, 14);
            assertThat(ear.said()).isEmpty();
            ticks(ear, 15, 16);
            assertThat(ear.said()).containsExactly("firing h1");
        }

        @Test
        void other_links_and_other_subjects_stand_for_themselves() {
            ear.hear(relay(AlertTransition.FIRING, T0), T0.plusSeconds(10));
            ear.hear(link("connection", "h1", "h9", AlertTransition.FIRING), T0.plusSeconds(60));
            ear.hear(firing("h2", WARNING), T0.plusSeconds(60));
            assertThat(ear.said()).containsExactly("firing network", "firing h1", "firing h2");
        }

        @Test
        void links_of_a_host_that_is_down_are_told_with_it() {
            ear.hear(presence("h5", "down", AlertTransition.FIRING), T0);
            ear.hear(link("connection", "h5", "h6", AlertTransition.FIRING), T0.plusSeconds(60));
            ear.hear(link("connection", "h6", "h5", AlertTransition.FIRING), T0.plusSeconds(60));
            ticks(ear, 60, 70);
            assertThat(ear.said()).containsExactly("firing h5");
            ear.hear(presence("h5", "down", AlertTransition.RESOLVED), T0.plusSeconds(71));
            ticks(ear, 71, 80);
            assertThat(ear.said()).startsWith("firing h5", "resolved h5").hasSize(3);
        }

        @Test
        void links_of_a_host_that_is_only_mute_stand_for_themselves() {
            ear.hear(presence("h5", "telemetry_lost", AlertTransition.FIRING), T0);
            ear.hear(link("connection", "h6", "h5", AlertTransition.FIRING), T0.plusSeconds(60));
            assertThat(ear.said()).containsExactly("firing h5", "firing h6");
        }

        private static AlertEvent relay(AlertTransition transition, Instant at) {
            return event(transition, "network", "incident", Map.of("cause", "relay", "name", "r1"), at);
        }

        private static AlertEvent presence(String host, String state, AlertTransition transition) {
            return event(transition, host, "presence", Map.of("state", state), T0.plusSeconds(71));
        }

        private static AlertEvent link(String kind, String host, String peer, AlertTransition transition) {
            return event(transition, host, kind, Map.of("peer", peer), T0.plusSeconds(122));
        }

        private static AlertEvent event(
                AlertTransition transition, String host, String kind, Map<String, String> labels, Instant end) {
            boolean over = transition == AlertTransition.RESOLVED;
            Alert alert = Alerts.ofSubject(
                    kind,
                    labels,
                    Alerts.episode(
                            kind + host,
                            host,
                            WARNING,
                            over ? AlertStatus.RESOLVED : AlertStatus.FIRING,
                            over ? end : null));
            return Alerts.event(transition, alert, over ? 2 : 1);
        }
    }

    @Nested
    class Grouped {
        private final Ear ear = new Ear(Alerts.paced(webhook("ops"), new Pace(300, 10, List.of("rule_id"), 30, 0)));

        @Test
        void the_first_of_a_group_waits_for_others_and_they_share_a_message() {
            ear.hear(firing("h1", WARNING), T0);
            ear.hear(firing("h2", WARNING), T0.plusSeconds(20));
            ticks(ear, 20, 29);
            assertThat(ear.messages).isEmpty();
            ear.tick(T0.plusSeconds(30));
            assertThat(ear.messages).singleElement().satisfies(message -> {
                assertThat(message.type()).isEqualTo(MessageType.DIGEST);
                assertThat(message.alerts()).extracting(Alert::host).containsExactly("h1", "h2");
            });
            assertThat(ear.held).containsExactly(Held.GROUPED, Held.GROUPED);
        }

        @Test
        void one_that_stays_alone_is_an_ordinary_message_and_other_groups_have_their_own() {
            ear.hear(firing("h1", WARNING), T0);
            Alert other = Alerts.ofRule("disk", Alerts.alert("h1", WARNING, AlertStatus.FIRING, null));
            ear.hear(Alerts.event(AlertTransition.FIRING, other, 1), T0.plusSeconds(10));
            ticks(ear, 10, 60);
            assertThat(ear.said()).containsExactly("firing h1", "firing h1");
            assertThat(ear.times).containsExactly(T0.plusSeconds(30), T0.plusSeconds(40));
        }

        @Test
        void what_waits_for_something_else_does_not_use_up_the_time_of_its_group() {
            ear.inhibitors.put(HOST_DOWN);
            ear.hear(Inhibited.cause("hx"), T0.minusSeconds(100));
            ear.tick(T0.minusSeconds(70));
            ear.hear(firing("hx", WARNING), T0.minusSeconds(50));
            ear.hear(firing("h1", WARNING), T0);
            ticks(ear, 0, 3);
            ear.hear(Inhibited.cause("h1"), T0.plusSeconds(3));
            ticks(ear, 3, 60);
            assertThat(ear.messages)
                    .allSatisfy(message -> assertThat(message.alerts())
                            .extracting(Alert::ruleId)
                            .containsOnly("host_silent"))
                    .hasSize(2);
        }

        @Test
        void what_cools_down_does_not_use_up_the_time_of_its_group() {
            ear.hear(firing("h1", WARNING), T0);
            ticks(ear, 1, 31);
            ear.hear(resolved("h1", WARNING, T0.plusSeconds(40)), T0.plusSeconds(40));
            ear.hear(firing("h1", WARNING), T0.plusSeconds(50));
            ear.hear(firing("h2", WARNING), T0.plusSeconds(100));
            ticks(ear, 100, 140);
            assertThat(ear.times.getLast()).isEqualTo(T0.plusSeconds(130));
        }

        @Test
        void what_gets_worse_does_not_wait() {
            ear.hear(firing("h1", WARNING), T0);
            ticks(ear, 0, 30);
            ear.hear(changed("h1", CRITICAL), T0.plusSeconds(31));
            assertThat(ear.said()).containsExactly("firing h1", "severity_changed h1");
        }
    }

    @Nested
    class OutOfTurn {
        private final Ear ear = new Ear(Alerts.turned(webhook("boss"), new Turn(600, List.of(), null)));

        @Test
        void the_next_channel_hears_of_what_nobody_acknowledged() {
            ear.hear(firing("h1", WARNING), T0);
            ticks(ear, 0, 599);
            assertThat(ear.messages).isEmpty();
            assertThat(ear.held).containsExactly(Held.ESCALATION);
            ear.tick(T0.plusSeconds(600));
            assertThat(ear.said()).containsExactly("firing h1");
            ear.hear(resolved("h1", WARNING, T0.plusSeconds(700)), T0.plusSeconds(700));
            assertThat(ear.said()).containsExactly("firing h1", "resolved h1");
        }

        @Test
        void what_somebody_acknowledged_goes_no_further_unless_he_takes_it_back() {
            Alert alert = firing("h1", WARNING).data();
            ear.hear(firing("h1", WARNING), T0);
            ear.hear(Alerts.event(AlertTransition.ACKNOWLEDGED, Alerts.acknowledged(alert), 2), T0.plusSeconds(300));
            ticks(ear, 300, 900);
            assertThat(ear.messages).isEmpty();
            ear.hear(Alerts.event(AlertTransition.UNACKNOWLEDGED, alert, 3), T0.plusSeconds(901));
            ear.tick(T0.plusSeconds(902));
            assertThat(ear.said()).containsExactly("firing h1");
        }

        @Test
        void what_ends_before_its_turn_is_not_told() {
            ear.hear(firing("h1", WARNING), T0);
            ear.hear(resolved("h1", WARNING, T0.plusSeconds(60)), T0.plusSeconds(60));
            ticks(ear, 60, 900);
            assertThat(ear.messages).isEmpty();
        }
    }

    @Nested
    class Quiet {
        /** T0 is 10:00. */
        private final Ear ear = new Ear(Alerts.turned(
                webhook("phone"),
                new Turn(
                        0,
                        List.of(new QuietHours(ZoneOffset.UTC, List.of(), LocalTime.of(9, 0), LocalTime.of(11, 0))),
                        null)));

        private static final Instant MORNING = T0.plus(Duration.ofHours(1));

        @Test
        void only_what_is_critical_wakes_somebody() {
            ear.hear(firing("h1", WARNING), T0);
            ear.hear(firing("h2", CRITICAL), T0.plusSeconds(1));
            ear.hear(changed("h1", CRITICAL), T0.plusSeconds(60));
            assertThat(ear.said()).containsExactly("firing h2", "firing h1");
            assertThat(ear.held).containsExactly(Held.QUIET_HOURS);
        }

        @Test
        void what_is_still_on_in_the_morning_is_told_in_one_message_and_what_is_over_is_not() {
            for (int i = 0; i < 40; i++) {
                ear.hear(firing("h" + i, WARNING), T0.plusSeconds(i));
            }
            ear.hear(resolved("h0", WARNING, T0.plusSeconds(100)), T0.plusSeconds(100));
            ear.tick(MORNING.minusSeconds(1));
            assertThat(ear.messages).isEmpty();
            ear.tick(MORNING);
            assertThat(ear.messages).singleElement().satisfies(message -> assertThat(message.alerts())
                    .hasSize(39));
        }

        @Test
        void the_end_of_what_was_told_before_waits_too_and_comes() {
            ear.hear(firing("h1", WARNING), T0.minus(Duration.ofHours(2)));
            ear.hear(resolved("h1", WARNING, T0), T0);
            ear.hear(firing("h2", CRITICAL), T0);
            ear.hear(resolved("h2", CRITICAL, T0.plusSeconds(9)), T0.plusSeconds(9));
            ticks(ear, 9, 30);
            assertThat(ear.said()).containsExactly("firing h1", "firing h2", "resolved h2");
            ear.tick(MORNING);
            assertThat(ear.believedFiring()).isEmpty();
        }
    }

    @Nested
    class Reminded {
        private final Ear ear = new Ear(Alerts.paced(webhook("ops"), new Pace(300, 10, List.of("rule_id"), 0, 1800)));

        @Test
        void what_nobody_acknowledges_is_said_again_all_in_one_message() {
            for (int i = 0; i < 5; i++) {
                ear.hear(firing("h" + i, WARNING), T0);
            }
            ticks(ear, 0, 1799);
            assertThat(ear.messages).hasSize(5);
            ticks(ear, 1800, 3700);
            assertThat(ear.messages).hasSize(7).last().satisfies(again -> {
                assertThat(again.type()).isEqualTo(MessageType.REMINDER);
                assertThat(again.alerts()).hasSize(5);
            });
        }

        @Test
        void what_is_acknowledged_silenced_or_over_is_not() {
            for (int i = 0; i < 4; i++) {
                ear.hear(firing("h" + i, WARNING), T0);
            }
            Alert one = firing("h1", WARNING).data();
            ear.hear(Alerts.event(AlertTransition.ACKNOWLEDGED, Alerts.acknowledged(one), 2), T0.plusSeconds(1));
            Alert two = firing("h2", WARNING).data();
            ear.hear(Alerts.event(AlertTransition.SILENCED, Alerts.silenced(two), 2), T0.plusSeconds(1));
            ear.hear(resolved("h3", WARNING, T0.plusSeconds(2)), T0.plusSeconds(2));
            ear.tick(T0.plusSeconds(1801));
            assertThat(ear.messages.getLast().alerts()).extracting(Alert::host).containsExactly("h0");
        }

        @Test
        void an_alertmanager_is_told_again_also_of_what_was_acknowledged() {
            ear.channel = Alerts.as(ChannelType.ALERTMANAGER, webhook("am"));
            ear.hear(firing("h1", WARNING), T0);
            Alert one = firing("h1", WARNING).data();
            ear.hear(Alerts.event(AlertTransition.ACKNOWLEDGED, Alerts.acknowledged(one), 2), T0.plusSeconds(1));
            ticks(ear, 1, 600);
            assertThat(ear.times).containsExactly(T0, T0.plusSeconds(180), T0.plusSeconds(360), T0.plusSeconds(540));
        }

        @Test
        void an_alertmanager_is_told_again_also_of_what_is_silenced_or_comes_and_goes() {
            ear.channel = Alerts.as(ChannelType.ALERTMANAGER, webhook("am"));
            Alert one = firing("h1", WARNING).data();
            ear.hear(firing("h1", WARNING), T0);
            ear.hear(Alerts.event(AlertTransition.SILENCED, Alerts.silenced(one), 2), T0.plusSeconds(1));
            Alert two = Alerts.flapping(firing("h2", WARNING).data());
            ear.hear(Alerts.event(AlertTransition.FLAPPING, two, 2), T0);
            Alert end = Alerts.alert("h2", WARNING, AlertStatus.RESOLVED, T0.plusSeconds(5));
            ear.hear(Alerts.event(AlertTransition.RESOLVED, Alerts.flapping(end), 3), T0.plusSeconds(5));
            ticks(ear, 6, 200);
            assertThat(ear.messages.getLast().type()).isEqualTo(MessageType.REMINDER);
            assertThat(ear.messages.getLast().alerts())
                    .extracting(alert -> alert.host() + " " + alert.status().word())
                    .containsExactly("h1 firing", "h2 firing");
        }

        @Test
        void the_end_is_told_after_any_number_of_reminders() {
            ear.hear(firing("h1", WARNING), T0);
            ticks(ear, 1790, 4000);
            ear.hear(resolved("h1", WARNING, T0.plusSeconds(4000)), T0.plusSeconds(4000));
            assertThat(ear.believedFiring()).isEmpty();
            assertThat(ear.messages).hasSize(4);
        }
    }

    @Nested
    class Acted {
        private final Ear ear = new Ear(Alerts.paced(Alerts.action("fail"), new Pace(300, 3, List.of(), 0, 0)));

        @Test
        void an_action_beyond_the_limit_is_not_done_later() {
            for (int i = 0; i < 10; i++) {
                ear.hear(firing("h" + i, CRITICAL), T0);
            }
            ear.hear(changed("h9", CRITICAL), T0.plusSeconds(1));
            ticks(ear, 1, 600);
            assertThat(ear.messages).hasSize(3).allSatisfy(message -> {
                assertThat(message.type()).isEqualTo(MessageType.ACTION);
                assertThat(message.alerts()).hasSize(1);
            });
            assertThat(ear.held).containsOnly(Held.ACTION_LIMIT).hasSize(8);
        }
    }

    @Test
    void what_an_earlier_version_held_in_its_cooldown_is_told() {
        Ear ear = new Ear(webhook("ops"));
        String old = new String(Json.encode(Told.nothing(firing("h1", WARNING).data())), StandardCharsets.UTF_8)
                .replace("\"waiting\":\"NOTHING\"", "\"waiting\":\"COOLDOWN\"")
                .replace(",\"since\":null", "");
        assertThat(old).contains("COOLDOWN").doesNotContain("since");
        ear.remember(Json.decode(old.getBytes(StandardCharsets.UTF_8), Told.class));
        ear.tick(T0);
        assertThat(ear.said()).containsExactly("firing h1");
    }

    @Test
    void a_disabled_channel_and_a_wrong_severity_come_before_everything_else() {
        Channel channel =
                Alerts.interested(webhook("ops"), new Channel.Interest(Severity.CRITICAL, Map.of("host", "x*"), true));
        Ear ear = new Ear(Alerts.enabled(channel, false));
        ear.hear(firing("h1", WARNING), T0);
        ear.channel = channel;
        ear.hear(firing("h1", WARNING), T0);
        ear.hear(firing("x1", WARNING), T0);
        assertThat(ear.held).containsExactly(Held.DISABLED, Held.UNMATCHED, Held.BELOW_SEVERITY);
    }

    private static void ticks(Ear ear, int from, int to) {
        for (int second = from; second <= to; second++) {
            ear.tick(T0.plusSeconds(second));
        }
    }
}
