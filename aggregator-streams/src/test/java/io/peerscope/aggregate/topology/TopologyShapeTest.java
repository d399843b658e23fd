package io.peerscope.aggregate.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.aggregate.AggregatorMeter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A changed name is a migration of state: see the text file's history before changing it. */
class TopologyShapeTest {
    private final String shape = new AggregatorTopology(
                    AggregatorDriver.WINDOWS,
                    AggregatorDriver.PLAN,
                    () -> AggregatorDriver.LIVE,
                    AggregatorMeter.silent())
            .get()
            .describe()
            .toString();

    @Test
    void theShapeIsTheReviewedOne() throws IOException {
        try (InputStream golden =
                Objects.requireNonNull(TopologyShapeTest.class.getResourceAsStream("/aggregator-topology.txt"))) {
            assertThat(shape).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void nothingIsRepartitioned() {
        assertThat(shape).doesNotContain("repartition");
    }
}
