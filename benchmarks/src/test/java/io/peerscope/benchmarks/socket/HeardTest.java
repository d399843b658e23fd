package io.peerscope.benchmarks.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeardTest {
    private final Heard heard = new Heard();

    @Test
    void aFrameTellsWhenItWasPut() {
        String frame = "{\"alert\":{\"summary\":\"" + Heard.summary(100) + "\"}}";
        heard.frame(frame);
        heard.frame("{\"type\":\"metrics\"}");

        assertThat(heard.frames()).isEqualTo(1);
        assertThat(heard.bytesAFrame()).isEqualTo(frame.length());
        assertThat(heard.latencies().n()).isEqualTo(1);
        assertThat(heard.latencies().n()).as("asked again").isZero();
    }

    @Test
    void aSummaryIsAsLongAsWanted() {
        assertThat(Heard.summary(434)).hasSize(434);
    }
}
