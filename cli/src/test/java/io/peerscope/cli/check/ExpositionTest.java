package io.peerscope.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionTest {
    @Test
    void numbersOfSeveralServicesAreReadTogether() {
        Exposition metrics = new Exposition();
        metrics.add("# TYPE peerscope_a gauge\n"
                + "peerscope_a{topic=\"x y\"} 1.5\n"
                + "peerscope_a{topic=\"z\"} 3.0\n"
                + "other 1.0E9\n");
        metrics.add("peerscope_a{topic=\"x y\"} NaN 1795276996\n");
        assertThat(metrics.max("peerscope_a")).hasValue(3);
        assertThat(metrics.sum("peerscope_a")).hasValue(4.5);
        assertThat(metrics.max("other")).hasValue(1e9);
        assertThat(metrics.max("peerscope")).isEmpty();
    }

    @Test
    void whatIsNotKnownYetIsNoNumber() {
        Exposition metrics = new Exposition();
        metrics.add("peerscope_a NaN\n");
        assertThat(metrics.max("peerscope_a")).isEmpty();
        assertThat(metrics.sum("peerscope_a")).isEmpty();
        assertThat(metrics.of("peerscope_a")).hasSize(1);
    }
}
