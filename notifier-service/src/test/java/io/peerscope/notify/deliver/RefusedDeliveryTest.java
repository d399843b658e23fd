package io.peerscope.notify.deliver;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.policy.Undelivered;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a receiver will not have, and what goes back to policy. */
class RefusedDeliveryTest extends PostmanTests {
    @Test
    void a_refusal_is_final() throws InterruptedException {
        answers.add(new Delivery.Refused(Cause.AUTH, "HTTP 401"));
        postman.deliver(message("m1"), new Hold());

        assertThat(log.statuses("m1")).containsExactly(Status.FAILED);
        assertThat(postman.isMute(webhook("ops"))).isTrue();
        answers.add(SENT);
        postman.deliver(message("m2"), new Hold());
        assertThat(postman.isMute(webhook("ops"))).isFalse();
    }

    @Test
    void a_channel_that_was_switched_off_is_left_alone() throws InterruptedException {
        entry = new Entry.Present(Alerts.enabled(webhook("ops"), false));
        postman.deliver(message("m1"), new Hold());

        assertThat(attempts).isEmpty();
        assertThat(log.written().getLast().cause()).isEqualTo("channel_disabled");
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
    void what_is_refused_goes_back_to_policy_and_no_reminder_does() throws InterruptedException {
        answers.addAll(List.of(
                new Delivery.Refused(Cause.CLIENT_ERROR, "HTTP 404"), new Delivery.Refused(Cause.AUTH, "HTTP 401")));
        postman.deliver(message("m1"), new Hold());
        postman.deliver(
                Alerts.message(
                        "m2",
                        webhook("ops"),
                        MessageType.REMINDER,
                        firing("h1", WARNING).data()),
                new Hold());

        assertThat(returned).containsExactly(Undelivered.refused(message("m1").alerts(), Set.of(), false));
    }

    @Test
    void a_message_is_suspected_until_the_receiver_has_refused_ten_in_a_row() throws InterruptedException {
        Delivery bad = new Delivery.Refused(Cause.CLIENT_ERROR, "HTTP 400", true);
        for (int i = 0; i < 12; i++) {
            answers.add(bad);
            postman.deliver(message("m" + i), new Hold());
        }
        assertThat(returned).extracting(Undelivered::suspect).startsWith(true).endsWith(true, false, false);
        assertThat(returned.stream().filter(Undelivered::suspect)).hasSize(10);

        answers.addAll(List.of(SENT, bad));
        postman.deliver(message("taken"), new Hold());
        postman.deliver(message("refused"), new Hold());
        assertThat(returned).last().extracting(Undelivered::suspect).isEqualTo(true);
    }

    @Test
    void what_is_refused_for_good_is_dead_at_once_and_what_fails_after_three_times() throws InterruptedException {
        answers.addAll(List.of(DOWN, DOWN));
        restsUntilLost = 2;
        postman.deliver(message("m1"), new Hold());
        assertThat(postman.isDead(webhook("ops"))).isFalse();
        restsUntilLost = Integer.MAX_VALUE;
        answers.addAll(List.of(DOWN, new Delivery.Refused(Cause.CLIENT_ERROR, "HTTP 404")));
        postman.deliver(message("m2"), new Hold());
        assertThat(postman.isDead(webhook("ops"))).isTrue();
        answers.addAll(List.of(SENT, new Delivery.Refused(Cause.CLIENT_ERROR, "HTTP 404")));
        postman.deliver(message("m3"), new Hold());
        assertThat(postman.isDead(webhook("ops"))).isFalse();
        postman.deliver(message("m4"), new Hold());
        assertThat(postman.isDead(webhook("ops"))).isTrue();
    }

    @Test
    void recipients_who_were_refused_are_noted_although_the_others_were_told() throws InterruptedException {
        answers.add(new Delivery.Sent(Optional.of("not accepted: the 2nd of 3 recipients")));
        postman.deliver(message("m1"), new Hold());

        assertThat(log.statuses("m1")).containsExactly(Status.SENT);
        assertThat(log.written().getFirst().cause()).isEqualTo("recipients_refused");
        assertThat(log.written().getFirst().detail()).contains("2nd");
    }
}
