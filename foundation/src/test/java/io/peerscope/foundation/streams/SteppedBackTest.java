package io.peerscope.foundation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteppedBackTest {
    private static final long SECOND = 1_000_000_000;

    private final SteppedBack clock = new SteppedBack(1_000_000, -7 * SECOND);

    @Test
    void onlyWhatGoesBackIsTold() {
        assertThat(clock.look(1_001_000, -6 * SECOND)).isFalse();
        assertThat(clock.look(1_601_000, -5 * SECOND)).as("set on").isFalse();
        assertThat(clock.look(1_002_000, -4 * SECOND)).as("set back").isTrue();
        assertThat(clock.look(1_003_000, -3 * SECOND)).as("told once").isFalse();
        assertThat(clock.look(1_002_000, -2 * SECOND)).as("by a little").isFalse();
    }
}
