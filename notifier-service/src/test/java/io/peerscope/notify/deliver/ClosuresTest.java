package io.peerscope.notify.deliver;

import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.MessageType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClosuresTest {
    private static final DeliveryRecord GONE = attempt(1, Status.FAILED, "mark");
    private static final DeliveryRecord SENT_LATER = attempt(2, Status.SENT, null);

    @Test
    void what_got_through_since_opens_it_in_whatever_order_the_record_is_read() {
        assertThat(after(GONE).of("ops")).contains(GONE);
        assertThat(after(GONE, SENT_LATER).of("ops")).isEmpty();
        assertThat(after(SENT_LATER, GONE).of("ops")).isEmpty();
        assertThat(after(GONE, attempt(2, Status.FAILED, null)).of("ops")).contains(GONE);
        assertThat(after(GONE).of("mail")).isEmpty();
    }

    private static Closures after(DeliveryRecord... attempts) {
        Closures closures = new Closures();
        List.of(attempts).forEach(closures::hear);
        return closures;
    }

    private static DeliveryRecord attempt(int seconds, Status status, @Nullable String closed) {
        return new DeliveryRecord(
                "m" + seconds,
                "ops",
                MessageType.FIRING,
                status,
                1,
                T0.plusSeconds(seconds),
                null,
                null,
                null,
                List.of(),
                0,
                null,
                closed);
    }
}
