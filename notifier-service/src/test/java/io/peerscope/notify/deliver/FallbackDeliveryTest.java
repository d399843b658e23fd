package io.peerscope.notify.deliver;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Delivery.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told instead. */
class FallbackDeliveryTest extends PostmanTests {
    @Test
    void a_dead_channel_with_a_fallback_is_given_up_after_three_failures_and_the_other_is_told() throws Exception {
        entry = new Entry.Present(Alerts.turned(webhook("ops"), WITH_FALLBACK));
        answers.addAll(List.of(DOWN, DOWN, DOWN));
        postman.deliver(message("m1"), new Hold());

        assertThat(log.statuses("m1")).containsExactly(Status.RETRYING, Status.RETRYING, Status.FAILED);
        assertThat(log.written().getLast().fallback()).isEqualTo("mail");
        assertThat(log.written()).extracting(DeliveryRecord::failures).containsExactly(1, 2, 3);
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
}
