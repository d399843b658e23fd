package io.peerscope.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void dueTimesDoNotDrift() {
        Pace pace = Pace.of(3, 1_000);

        for (int i = 0; i < 3_000; i++) {
            pace.next();
        }

        assertThat(pace.next()).isEqualTo(1_000 + 1_000_000_000_000L);
    }

    @Test
    void withoutARateEverythingIsDueAtOnce() {
        Pace pace = Pace.of(0, 5);

        assertThat(pace.next()).isEqualTo(5);
        assertThat(pace.next()).isEqualTo(5);
    }
}
