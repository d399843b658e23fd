package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.MessageType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the last attempt says of a channel. */
class ChannelReachTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "SENT, none, 0, OK",
                "SENT, recipients_refused, 0, PARTIAL",
                "RETRYING, server_error, 2, FAILING",
                "RETRYING, server_error, 3, DEAD",
                "RETRYING, gone, 1, DEAD",
                "FAILED, client_error, 1, DEAD",
                "FAILED, auth, 1, DEAD",
                "FAILED, network_unhealthy, 0, OK",
                "FAILED, channel_disabled, 0, OK",
                "FAILED, channel_disabled, 1, FAILING",
                "FAILED, channel_disabled, 3, DEAD",
            })
    void a_channel_is_as_its_last_attempt(Status status, String cause, int failures, ChannelReach.State state) {
        DeliveryRecord last = new DeliveryRecord(
                "m1",
                "ops",
                MessageType.FIRING,
                status,
                1,
                Instant.EPOCH,
                cause,
                null,
                null,
                List.of("a1"),
                failures,
                null);
        assertThat(ChannelReach.of(last, null).state()).isEqualTo(state);
    }
}
