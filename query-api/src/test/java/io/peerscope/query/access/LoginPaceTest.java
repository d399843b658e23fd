package io.peerscope.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginPaceTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final LoginPace pace = new LoginPace(now::get);

    @Test
    void aNetworkBeginsSixtyAMinute() {
        for (int i = 0; i < 60; i++) {
            assertThat(pace.begin("2001:db8::" + i)).isEmpty();
        }
        now.updateAndGet(t -> t.plusSeconds(20));
        assertThat(pace.begin("2001:db8::99")).contains(Duration.ofSeconds(40));
        assertThat(pace.begin("2001:db8:0:1::1")).as("another network").isEmpty();
        assertThat(pace.begin("10.0.0.1")).isEmpty();
        now.updateAndGet(t -> t.plusSeconds(40));
        assertThat(pace.begin("2001:db8::1")).as("a minute later").isEmpty();
    }
}
