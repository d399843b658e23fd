package io.peerscope.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.cli.check.Capacity.Load;
import io.peerscope.cli.check.Capacity.Needs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final double IDLE_AND_HEADROOM = 0.3;

    /** benchmarks/README.md: 1.3 to 1.7 and 6.2 to 11.2 CPU seconds per million samples; twice that with headroom. */
    @Test
    void costsAreThoseThatWereMeasured() {
        assertThat(costPerMillion(50)).isEqualTo(2 * 1.5, within(0.01));
        assertThat(costPerMillion(1)).isEqualTo(2 * 8.7, within(0.01));
        assertThat(costPerMillion(10)).isBetween(costPerMillion(50), costPerMillion(1));
    }

    @Test
    void disksHoldWhatIsKept() {
        Needs needs = Capacity.of(new Load(1000, 20, Duration.ofSeconds(5), 1, Duration.ofHours(24), 3));
        assertThat(needs.samplesPerSecond()).isEqualTo(4000);
        assertThat(needs.rawBytes()).isEqualTo(4000 * 13.8 * 86_400, within(1.0));
        assertThat(needs.kafkaBytes()).isEqualTo(4000 * 8.2 * 2 * 86_400 * 3, within(1.0));
        assertThat(needs.partitions()).isGreaterThanOrEqualTo(4);
        assertThat(needs.measured()).isTrue();
    }

    @Test
    void aMillionHostsAreArithmetic() {
        Needs needs = Capacity.of(new Load(1_000_000, 20, Duration.ofSeconds(15), 50, Duration.ofHours(24), 3));
        assertThat(needs.measured()).isFalse();
        assertThat(needs.ingestInstances()).isEqualTo(20);
    }

    private static double costPerMillion(int batch) {
        double seconds = 20.0;
        Needs needs = Capacity.of(
                new Load(1_000_000, 20, Duration.ofSeconds((long) seconds), batch, Duration.ofHours(24), 1));
        return needs.cores() - IDLE_AND_HEADROOM;
    }
}
