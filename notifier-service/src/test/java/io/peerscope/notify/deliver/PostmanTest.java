package io.peerscope.notify.deliver;

import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Delivery.Cause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostmanTest extends PostmanTests {
    @Test
    void a_message_is_sent_once_and_noted() throws InterruptedException {
        answers.add(SENT);

        assertThat(postman.deliver(message("m1"), new Hold())).isTrue();
        assertThat(postman.deliver(message("m1"), new Hold())).isTrue();
        assertThat(sent).hasSize(1);
        assertThat(log.written()).extracting(DeliveryRecord::status).containsExactly(Status.SENT);
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
        assertThat(log.written().getLast().status()).isEqualTo(Status.FAILED);
        assertThat(log.written().getLast().cause()).isEqualTo("server_error");
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
    void a_channel_that_was_removed_is_not_tried_for_hours() throws InterruptedException {
        answers.add(DOWN);
        whileResting = () -> entry = new Entry.Removed();
        postman.deliver(message("m1"), new Hold());

        assertThat(attempts).hasSize(1);
        assertThat(log.written().getLast().cause()).isEqualTo("channel_removed");
        assertThat(Duration.between(T0, now)).isLessThan(Duration.ofSeconds(6));
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
        Postman shaky = postman((message, at) -> {
            if (!faults.isEmpty()) {
                throw faults.poll();
            }
            return send(message, at);
        });
        shaky.deliver(message("m1"), new Hold());

        assertThat(log.statuses("m1")).containsExactly(Status.RETRYING, Status.SENT);
    }

    @Test
    void a_type_without_a_sender_fails_visibly() throws InterruptedException {
        entry = new Entry.Present(Alerts.email("ops", List.of("a@example.org")));
        postman.deliver(message("m1"), new Hold());

        assertThat(log.written().getLast().cause()).isEqualTo("unsupported");
    }

    @Test
    void a_dry_run_and_an_unwell_network_are_no_fault_of_the_channel() throws Exception {
        answers.add(new Delivery.DryRun("dry run"));
        answers.add(new Delivery.Refused(Cause.NETWORK_UNHEALTHY, "not known"));
        postman.deliver(message("m1"), new Hold());
        postman.deliver(message("m2"), new Hold());

        assertThat(log.written()).extracting(DeliveryRecord::status).containsExactly(Status.DRY_RUN, Status.FAILED);
        assertThat(postman.isMute(webhook("ops"))).isFalse();
    }
}
