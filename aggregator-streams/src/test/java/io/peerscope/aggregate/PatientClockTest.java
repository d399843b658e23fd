package io.peerscope.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatientClockTest {
    private final PatientClock clock = new PatientClock();

    @Test
    void ticksAddUp() {
        clock.tick(5_000);
        clock.tick(6_000);
        clock.tick(7_100);
        assertThat(clock.elapsed()).isEqualTo(2_100);
    }

    @Test
    void aClockThatIsSetOrAProcessThatWasPausedCountsAsOneTick() {
        clock.tick(1_000_000);
        clock.tick(1_000_000 + 600_000);
        assertThat(clock.elapsed()).isEqualTo(2_000);
        clock.tick(1_000_000);
        assertThat(clock.elapsed()).isEqualTo(2_000);
        clock.tick(1_001_000);
        assertThat(clock.elapsed()).isEqualTo(3_000);
    }
}
