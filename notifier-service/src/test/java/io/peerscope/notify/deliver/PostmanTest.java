package io.peerscope.notify.deliver;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.policy.Undelivered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PostmanTest {
    private static final Delivery SENT = new Delivery.Sent();
    private static final Delivery DOWN = Delivery.retry(Cause.SERVER_ERROR, "HTTP 500");

    private static final Channel.Turn WITH_FALLBACK = new Channel.Turn(0, List.of(), "mail");

    private final Deque<Delivery> answers = new ArrayDeque<>();
    private final List<OutboxMessage> sent = new ArrayList<>();
    private final List<Instant> attempts = new ArrayList<>();
    private final Notebook log = new Notebook();
    private final List<OutboxMessage> instead = new ArrayList<>();
    private final List<Undelivered> returned = new ArrayList<>();
    private final Map<String, Entry> others = new HashMap<>(Map.of("mail", new Entry.Present(webhook("mail"))));
    private Entry entry = new Entry.Present(webhook("ops"));
    private Instant now = T0;
    private int restsUntilLost = Integer.MAX_VALUE;
    private Runnable whileResting = () -> {};

    private final Postman postman = new Postman(
            Map.of(ChannelType.WEBHOOK, this::send),
            (id, existedAt) -> id.equals("ops") ? entry : others.getOrDefault(id, new Entry.Removed()),
            log,
            instead::add,
            (id, message) -> returned.add(message),
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofHours(2)),
            () -> now,
            new Random(1));

    @Test
    void a_message_is_sent_once_and_noted() throws InterruptedException {
        answers.add(SENT);

        assertThat(postman.deliver(message("m1"), new Hold())).isTrue();
        assertThat(postman.deliver(message("m1"), new Hold())).isTrue();
        assertThat(sent).hasSize(1);
        assertThat(log.written).extracting(DeliveryRecord::status).containsExactly(Status.SENT);
    }

    @Test
    void pauses_grow_and_have_an_upper_limit() throws InterruptedException {
        for (int i = 0; i < 14; i++) {
            answers.add(DOWN);
        }
        answers.add(SENT);
        postman.deliver(message("m1"), new Hold());

        List<Duration> pauses = new ArrayList<>();
        for (int i = 1; i < attempts.size(); i++) {
            pauses.add(Duration.between(attempts.get(i - 1), attempts.get(i)));
        }
        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(pauses.getLast()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
        assertThat(log.statuses("m1")).hasSize(15).endsWith(Status.RETRYING, Status.SENT);
    }

    @Test
    void it_waits_as_long_as_it_is_told_to() throws InterruptedException {
        answers.add(new Delivery.Retry(Optional.of(Duration.ofMinutes(7)), Cause.RATE_LIMITED, "HTTP 429"));
        answers.add(SENT);
        postman.deliver(message("m1"), new Hold());

        assertThat(Duration.between(attempts.get(0), attempts.get(1))).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void after_two_hours_it_gives_up_and_says_why() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            answers.add(DOWN);
        }
        postman.deliver(message("m1"), new Hold());

        assertThat(Duration.between(T0, now)).isBetween(Duration.ofMinutes(105), Duration.ofHours(2));
        assertThat(log.written.getLast().status()).isEqualTo(Status.FAILED);
        assertThat(log.written.getLast().cause()).isEqualTo("server_error");
        assertThat(returned).as("what is still on is told afresh").hasSize(1);
    }

    @Test
    void what_waited_behind_a_dead_channel_until_it_was_old_does_not_knock_again() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            answers.add(DOWN);
        }
        postman.deliver(message("m1"), new Hold());
        int knocks = attempts.size();
        now = T0.plus(Duration.ofHours(2)).plusSeconds(1);
        for (int i = 0; i < 1000; i++) {
            postman.deliver(message("behind" + i), new Hold());
        }

        assertThat(attempts.size() - knocks).isLessThanOrEqualTo(1);
        assertThat(log.statuses("behind999")).containsExactly(Status.FAILED);
    }

    @Test
    void the_pause_belongs_to_the_channel() throws InterruptedException {
        answers.add(new Delivery.Retry(Optional.of(Duration.ofMinutes(7)), Cause.RATE_LIMITED, "HTTP 429"));
        restsUntilLost = 1;
        assertThat(postman.deliver(message("m1"), new Hold())).isFalse();
        restsUntilLost = Integer.MAX_VALUE;
        answers.add(SENT);
        postman.deliver(message("m2"), new Hold());

        assertThat(attempts).containsExactly(T0, T0.plus(Duration.ofMinutes(7)));
    }

    @Test
    void a_refusal_is_final() throws InterruptedException {
        answers.add(new Delivery.Refused(Cause.AUTH, "HTTP 401"));
        postman.deliver(message("m1"), new Hold());

        assertThat(log.statuses("m1")).containsExactly(Status.FAILED);
        assertThat(postman.isMute("ops")).isTrue();
        answers.add(SENT);
        postman.deliver(message("m2"), new Hold());
        assertThat(postman.isMute("ops")).isFalse();
    }

    @Test
    void a_channel_that_was_removed_is_not_tried_for_hours() throws InterruptedException {
        answers.add(DOWN);
        whileResting = () -> entry = new Entry.Removed();
        postman.deliver(message("m1"), new Hold());

        assertThat(attempts).hasSize(1);
        assertThat(log.written.getLast().cause()).isEqualTo("channel_removed");
        assertThat(Duration.between(T0, now)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void a_channel_that_was_switched_off_is_left_alone() throws InterruptedException {
        entry = new Entry.Present(Alerts.enabled(webhook("ops"), false));
        postman.deliver(message("m1"), new Hold());

        assertThat(attempts).isEmpty();
        assertThat(log.written.getLast().cause()).isEqualTo("channel_disabled");
        assertThat(returned).containsExactly(new Undelivered(message("m1").alerts(), Set.of()));
    }

    @Test
    void policy_learns_of_what_came_back_whether_its_beginning_was_heard() throws InterruptedException {
        answers.add(SENT);
        postman.deliver(message("m1"), new Hold());
        entry = new Entry.Present(Alerts.enabled(webhook("ops"), false));
        Alert worse = Alerts.changed("h1", CRITICAL).data();
        postman.deliver(Alerts.message("m2", webhook("ops"), MessageType.SEVERITY_CHANGED, worse), new Hold());
        postman.deliver(Alerts.message("m3", webhook("ops"), MessageType.REMINDER, worse), new Hold());
        postman.deliver(
                new OutboxMessage("m4", webhook("ops"), MessageType.FIRING, T0, List.of(worse), "mail", List.of()),
                new Hold());

        assertThat(returned).containsExactly(new Undelivered(List.of(worse), Set.of(worse.id())));
    }

    @Test
    void who_wants_to_hear_nothing_ever_again_is_left_alone_until_he_is_somewhere_else() throws InterruptedException {
        answers.add(new Delivery.Refused(Cause.GONE, "HTTP 410"));
        answers.add(SENT);
        Channel mended = Alerts.at(webhook("ops"), "http://127.0.0.1:2/new");
        whileResting = () -> {
            if (now.isAfter(T0.plusSeconds(3600))) {
                entry = new Entry.Present(mended);
            } else {
                entry = new Entry.Present(Alerts.cooling(webhook("ops"), (int) (now.getEpochSecond() % 100)));
            }
        };
        postman.deliver(message("m1"), new Hold());

        assertThat(attempts).hasSize(2);
        assertThat(log.statuses("m1")).containsExactly(Status.RETRYING, Status.SENT);
        assertThat(log.written.getFirst().cause()).isEqualTo("gone");
        assertThat(log.written.getFirst().detail()).contains("HTTP 410", "address", "test");
        assertThat(log.written.getFirst().nextAttemptAt()).isNull();
    }

    @Test
    void a_test_that_gets_through_opens_what_was_closed_and_a_fallback_is_told_meanwhile() throws InterruptedException {
        entry = new Entry.Present(Alerts.turned(webhook("ops"), WITH_FALLBACK));
        answers.add(new Delivery.Refused(Cause.GONE, "HTTP 410"));
        postman.deliver(message("m1"), new Hold());
        postman.deliver(message("m2"), new Hold());
        assertThat(attempts).hasSize(1);
        assertThat(instead).hasSize(2);
        assertThat(postman.isDead("ops")).isTrue();

        answers.addAll(List.of(SENT, SENT));
        postman.deliver(test("t1"), new Hold());
        postman.deliver(message("m3"), new Hold());
        assertThat(log.statuses("m3")).containsExactly(Status.SENT);
        assertThat(postman.isDead("ops")).isFalse();
        assertThat(returned).isEmpty();
    }

    @Test
    void what_is_refused_for_good_is_dead_at_once_and_what_fails_after_three_times() throws InterruptedException {
        answers.addAll(List.of(DOWN, DOWN));
        restsUntilLost = 2;
        postman.deliver(message("m1"), new Hold());
        assertThat(postman.isDead("ops")).isFalse();
        restsUntilLost = Integer.MAX_VALUE;
        answers.addAll(List.of(DOWN, new Delivery.Refused(Cause.CLIENT_ERROR, "HTTP 404")));
        postman.deliver(message("m2"), new Hold());
        assertThat(postman.isDead("ops")).isTrue();
        answers.addAll(List.of(SENT, new Delivery.Refused(Cause.CLIENT_ERROR, "HTTP 404")));
        postman.deliver(message("m3"), new Hold());
        assertThat(postman.isDead("ops")).isFalse();
        postman.deliver(message("m4"), new Hold());
        assertThat(postman.isDead("ops")).isTrue();
    }

    @Test
    void recipients_who_were_refused_are_noted_although_the_others_were_told() throws InterruptedException {
        answers.add(new Delivery.Sent(Optional.of("not accepted: the 2nd of 3 recipients")));
        postman.deliver(message("m1"), new Hold());

        assertThat(log.statuses("m1")).containsExactly(Status.SENT);
        assertThat(log.written.getFirst().cause()).isEqualTo("recipients_refused");
        assertThat(log.written.getFirst().detail()).contains("2nd");
    }

    @Test
    void an_edit_of_something_else_does_not_shorten_the_pause() throws InterruptedException {
        answers.add(new Delivery.Retry(Optional.of(Duration.ofMinutes(2)), Cause.RATE_LIMITED, "HTTP 429"));
        answers.add(SENT);
        whileResting = () -> entry = new Entry.Present(Alerts.cooling(webhook("ops"), 1));
        postman.deliver(message("m1"), new Hold());

        assertThat(attempts).containsExactly(T0, T0.plusSeconds(120));
    }

    @Test
    void a_channel_with_a_new_address_is_tried_there_at_once() throws InterruptedException {
        Channel mended = Alerts.at(webhook("ops"), "http://127.0.0.1:2/new");
        answers.add(new Delivery.Retry(Optional.of(Duration.ofHours(1)), Cause.RATE_LIMITED, "HTTP 429"));
        answers.add(SENT);
        whileResting = () -> entry = new Entry.Present(mended);
        postman.deliver(message("m1"), new Hold());

        assertThat(sent).last().extracting(OutboxMessage::channel).isEqualTo(mended);
        assertThat(Duration.between(T0, now)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_channel_nobody_has_read_of_yet_is_taken_from_the_message() throws InterruptedException {
        entry = new Entry.Unknown();
        answers.add(SENT);
        postman.deliver(message("m1"), new Hold());

        assertThat(sent).hasSize(1);
    }

    @Test
    void a_test_is_tried_once_whatever_the_channel_is_like() throws InterruptedException {
        entry = new Entry.Present(Alerts.enabled(webhook("ops"), false));
        answers.add(DOWN);
        answers.add(SENT);
        postman.deliver(test("t1"), new Hold());
        postman.deliver(test("t2"), new Hold());

        assertThat(log.statuses("t1")).containsExactly(Status.FAILED);
        assertThat(log.statuses("t2")).containsExactly(Status.SENT);
        assertThat(now).isEqualTo(T0);
    }

    @Test
    void a_sender_that_breaks_down_costs_no_message() throws InterruptedException {
        answers.add(SENT);
        Deque<RuntimeException> faults = new ArrayDeque<>(List.of(new IllegalStateException("oops")));
        Postman shaky = new Postman(
                Map.of(ChannelType.WEBHOOK, (message, at) -> {
                    if (!faults.isEmpty()) {
                        throw faults.poll();
                    }
                    return send(message, at);
                }),
                (id, existedAt) -> entry,
                log,
                instead::add,
                (id, message) -> returned.add(message),
                Backoff.standard(),
                () -> now,
                new Random(1));
        shaky.deliver(message("m1"), new Hold());

        assertThat(log.statuses("m1")).containsExactly(Status.RETRYING, Status.SENT);
    }

    @Test
    void a_type_without_a_sender_fails_visibly() throws InterruptedException {
        entry = new Entry.Present(Alerts.email("ops", List.of("a@example.org")));
        postman.deliver(message("m1"), new Hold());

        assertThat(log.written.getLast().cause()).isEqualTo("unsupported");
    }

    @Test
    void a_dead_channel_with_a_fallback_is_given_up_after_three_failures_and_the_other_is_told() throws Exception {
        entry = new Entry.Present(Alerts.turned(webhook("ops"), WITH_FALLBACK));
        answers.addAll(List.of(DOWN, DOWN, DOWN));
        postman.deliver(message("m1"), new Hold());

        assertThat(log.statuses("m1")).containsExactly(Status.RETRYING, Status.RETRYING, Status.FAILED);
        assertThat(log.written.getLast().fallback()).isEqualTo("mail");
        assertThat(log.written).extracting(DeliveryRecord::failures).containsExactly(1, 2, 3);
        assertThat(instead).singleElement().satisfies(message -> {
            assertThat(message.channel().id()).isEqualTo("mail");
            assertThat(message.insteadOf()).isEqualTo("ops");
            assertThat(message.alerts()).isEqualTo(message("m1").alerts());
            assertThat(message.id()).isNotEqualTo("m1");
        });
    }

    @Test
    void while_it_is_dead_what_comes_behind_goes_to_the_other_without_knocking_until_a_try_is_due() throws Exception {
        entry = new Entry.Present(Alerts.turned(webhook("ops"), WITH_FALLBACK));
        answers.addAll(List.of(DOWN, DOWN, DOWN));
        postman.deliver(message("m1"), new Hold());
        for (int i = 0; i < 50; i++) {
            postman.deliver(message("behind" + i), new Hold());
        }
        assertThat(attempts).hasSize(3);
        assertThat(instead).hasSize(51).extracting(OutboxMessage::id).doesNotHaveDuplicates();

        now = now.plusSeconds(60);
        answers.add(SENT);
        postman.deliver(message("later"), new Hold());
        assertThat(log.statuses("later")).containsExactly(Status.SENT);
        assertThat(instead).hasSize(51);
    }

    @Test
    void whoever_was_told_of_the_beginning_instead_is_told_of_the_end() throws Exception {
        entry = new Entry.Present(Alerts.turned(webhook("ops"), WITH_FALLBACK));
        answers.addAll(List.of(DOWN, DOWN, DOWN, SENT));
        postman.deliver(message("m1"), new Hold());
        now = now.plusSeconds(60);
        OutboxMessage end = Alerts.message(
                "m2",
                webhook("ops"),
                MessageType.RESOLVED,
                Alerts.resolved("h1", WARNING, T0).data());
        postman.deliver(end, new Hold());

        assertThat(log.statuses("m2")).containsExactly(Status.SENT);
        assertThat(instead).hasSize(2).last().satisfies(message -> {
            assertThat(message.type()).isEqualTo(MessageType.RESOLVED);
            assertThat(message.channel().id()).isEqualTo("mail");
        });
    }

    @Test
    void a_fallback_that_fails_too_falls_back_on_nobody() throws Exception {
        entry = new Entry.Present(Alerts.turned(webhook("ops"), WITH_FALLBACK));
        answers.add(new Delivery.Refused(Cause.AUTH, "HTTP 401"));
        postman.deliver(
                new OutboxMessage("m1", webhook("ops"), MessageType.FIRING, T0, List.of(), "mail", List.of()),
                new Hold());

        assertThat(instead).isEmpty();
        assertThat(log.statuses("m1")).containsExactly(Status.FAILED);
    }

    @Test
    void a_fallback_that_is_gone_or_off_leaves_the_message_to_its_channel() throws Exception {
        entry = new Entry.Present(Alerts.turned(webhook("ops"), WITH_FALLBACK));
        others.put("mail", new Entry.Present(Alerts.enabled(webhook("mail"), false)));
        answers.addAll(List.of(DOWN, DOWN, DOWN, DOWN, SENT));
        postman.deliver(message("m1"), new Hold());

        assertThat(instead).isEmpty();
        assertThat(log.statuses("m1")).hasSize(5).last().isEqualTo(Status.SENT);
    }

    @Test
    void a_dry_run_and_an_unwell_network_are_no_fault_of_the_channel() throws Exception {
        answers.add(new Delivery.DryRun("dry run"));
        answers.add(new Delivery.Refused(Cause.NETWORK_UNHEALTHY, "not known"));
        postman.deliver(message("m1"), new Hold());
        postman.deliver(message("m2"), new Hold());

        assertThat(log.written).extracting(DeliveryRecord::status).containsExactly(Status.DRY_RUN, Status.FAILED);
        assertThat(postman.isMute("ops")).isFalse();
    }

    private Delivery send(OutboxMessage message, Instant at) {
        sent.add(message);
        attempts.add(at);
        return answers.remove();
    }

    private static OutboxMessage message(String id) {
        return Alerts.message(
                id, webhook("ops"), MessageType.FIRING, firing("h1", WARNING).data());
    }

    private static OutboxMessage test(String id) {
        return Alerts.message(id, webhook("ops"), MessageType.TEST);
    }

    /** Time passes only while it rests. */
    private final class Hold implements Claim {
        private int rests;

        @Override
        public boolean held() {
            return rests < restsUntilLost;
        }

        @Override
        public void rest(Duration time) {
            rests++;
            now = now.plus(time);
            whileResting.run();
        }
    }

    private static final class Notebook implements DeliveryLog {
        private final List<DeliveryRecord> written = new ArrayList<>();

        @Override
        public void write(DeliveryRecord attempt) {
            written.add(attempt);
        }

        @Override
        public boolean dealtWith(String deliveryId) {
            return written.stream().anyMatch(r -> r.id().equals(deliveryId) && r.status() != Status.RETRYING);
        }

        @Override
        public boolean heard(String channelId, String alertId) {
            return written.stream()
                    .anyMatch(r -> r.status() == Status.SENT && r.alertIds().contains(alertId));
        }

        @Override
        public Optional<String> toldInstead(String channelId, String alertId) {
            return written.stream()
                    .filter(r -> r.channelId().equals(channelId) && r.alertIds().contains(alertId))
                    .flatMap(r -> Optional.ofNullable(r.fallback()).stream())
                    .findFirst();
        }

        List<Status> statuses(String id) {
            return written.stream()
                    .filter(r -> r.id().equals(id))
                    .map(DeliveryRecord::status)
                    .toList();
        }
    }
}
