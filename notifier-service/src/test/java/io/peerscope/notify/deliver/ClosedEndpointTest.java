package io.peerscope.notify.deliver;

import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.policy.Undelivered;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An endpoint that wants to hear nothing ever again. */
class ClosedEndpointTest extends PostmanTests {
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
        assertThat(log.written().getFirst().cause()).isEqualTo("gone");
        assertThat(log.written().getFirst().detail()).contains("HTTP 410", "address", "test");
        assertThat(log.written().getFirst().nextAttemptAt()).isNull();
    }

    @Test
    void a_test_that_gets_through_opens_what_was_closed_and_a_fallback_is_told_meanwhile() throws InterruptedException {
        entry = new Entry.Present(Alerts.turned(webhook("ops"), WITH_FALLBACK));
        answers.add(new Delivery.Refused(Cause.GONE, "HTTP 410"));
        postman.deliver(message("m1"), new Hold());
        postman.deliver(message("m2"), new Hold());
        assertThat(attempts).hasSize(1);
        assertThat(instead).hasSize(2);
        assertThat(postman.isDead(webhook("ops"))).isTrue();

        answers.addAll(List.of(SENT, SENT));
        postman.deliver(test("t1"), new Hold());
        postman.deliver(message("m3"), new Hold());
        assertThat(log.statuses("m3")).containsExactly(Status.SENT);
        assertThat(postman.isDead(webhook("ops"))).isFalse();
        assertThat(returned).containsExactly(Undelivered.nothing());
    }

    @Test
    void a_restart_does_not_open_what_was_closed() throws InterruptedException {
        answers.add(new Delivery.Refused(Cause.GONE, "HTTP 410"));
        restsUntilLost = 1;
        postman.deliver(message("m1"), new Hold());

        Postman restarted = postman(this::send);
        assertThat(restarted.isDead(webhook("ops"))).isTrue();
        assertThat(restarted.isMute(webhook("ops"))).isTrue();
        assertThat(restarted.deliver(message("m1"), new Hold())).isFalse();
        assertThat(attempts).hasSize(1);

        answers.add(SENT);
        restarted.deliver(test("t1"), new Hold());
        answers.add(SENT);
        assertThat(postman(this::send).deliver(message("m1"), new Hold())).isTrue();
        assertThat(log.statuses("m1")).endsWith(Status.SENT);
    }

    @Test
    void a_test_that_is_answered_so_closes_it_too_and_one_that_fails_otherwise_opens_nothing() throws Exception {
        answers.addAll(List.of(new Delivery.Refused(Cause.GONE, "HTTP 410"), DOWN));
        postman.deliver(test("t1"), new Hold());
        postman.deliver(test("t2"), new Hold());
        restsUntilLost = 1;
        postman.deliver(message("m1"), new Hold());

        assertThat(attempts).hasSize(2);
        assertThat(log.written().getFirst().detail()).contains("HTTP 410", "a test gets through");
    }

    @Test
    void where_it_is_closed_stands_on_record_without_its_address() throws InterruptedException {
        answers.add(new Delivery.Refused(Cause.GONE, "HTTP 410"));
        restsUntilLost = 1;
        Channel secret = Alerts.at(webhook("ops"), "https://example.org/hook/T0PSECRET");
        entry = new Entry.Present(secret);
        postman.deliver(message("m1"), new Hold());

        DeliveryRecord record = log.written().getFirst();
        assertThat(record.closed()).matches("[0-9a-f]{16}");
        assertThat(Json.encode(record)).asString().doesNotContain("T0PSECRET", "example.org");
        entry = new Entry.Present(Alerts.at(webhook("ops"), "https://example.org/hook/0ther"));
        answers.add(SENT);
        postman(this::send).deliver(message("m1"), new Hold());
        assertThat(log.statuses("m1")).endsWith(Status.SENT);
    }
}
