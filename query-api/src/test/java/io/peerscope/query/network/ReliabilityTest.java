package io.peerscope.query.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.query.network.Reliability.Counts;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
    private static Reliability transfers(String host, long succeeded, long failed) {
        return Reliability.of(host, new Counts(0, 0, 0, 0, succeeded, failed, 0, 0, 0));
    }

    @Test
    void onceOfOnceIsLessThanNearlyAlways() {
        List<Reliability> ranked = Stream.of(transfers("once", 1, 0), transfers("often", 999, 1))
                .sorted(Reliability.BEST_FIRST)
                .toList();
        assertThat(ranked).extracting(Reliability::host).containsExactly("often", "once");
    }

    /** Figures of Wilson's interval as statistics programs give them. */
    @Test
    void theLowerBoundIsWilsons() {
        assertThat(Reliability.wilson(1, 1)).isCloseTo(0.206549314377237, within(1e-9));
        assertThat(Reliability.wilson(0, 10)).isZero();
        assertThat(Reliability.wilson(8, 10)).isCloseTo(0.490162, within(1e-5));
    }

    @Test
    void whatIsShownIsEnoughToComputeItAgain() {
        Reliability shown = Reliability.of("h", new Counts(1430, 1440, 95, 5, 999, 1, 1, 2, 3));
        double again = 1;
        for (Reliability.Part part : List.of(
                Objects.requireNonNull(shown.availability()),
                Objects.requireNonNull(shown.links()),
                Objects.requireNonNull(shown.transfers()))) {
            double n = part.trials();
            double p = part.successes() / n;
            double z = shown.z();
            again *= (p + z * z / (2 * n) - z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n);
        }
        assertThat(shown.score()).isCloseTo(again, within(1e-9));
    }

    @Test
    void whatNobodyTriedIsLeftOutAndNothingIsNoScore() {
        assertThat(transfers("h", 9, 1).availability()).isNull();
        assertThat(Reliability.of("h", new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0)).score())
                .isNull();
    }
}
