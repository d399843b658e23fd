package io.peerscope.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void percentilesAreDurationsThatOccurred() {
        Distribution distribution = new Distribution();
        LongStream.rangeClosed(1, 200).map(i -> 201 - i).forEach(milli -> distribution.add(1000 * milli));

        assertThat(distribution.summary()).isEqualTo(new Distribution.Summary(200, 100, 180, 198, 200));
    }

    @Test
    void oneDurationIsEveryPercentile() {
        Distribution distribution = new Distribution();
        distribution.add(1_500);

        assertThat(distribution.summary()).isEqualTo(new Distribution.Summary(1, 1.5, 1.5, 1.5, 1.5));
    }

    @Test
    void nothingIsZero() {
        assertThat(new Distribution().summary()).isEqualTo(new Distribution.Summary(0, 0, 0, 0, 0));
    }

    @Test
    void growsBeyondItsFirstRoomAndCanBeAddedToAnother() {
        Distribution part = new Distribution();
        LongStream.rangeClosed(1, 5_000).forEach(milli -> part.add(1000 * milli));
        Distribution all = new Distribution();
        part.addTo(all);
        part.addTo(all);

        assertThat(all.summary()).isEqualTo(new Distribution.Summary(10_000, 2_500, 4_500, 4_950, 5_000));
    }
}
