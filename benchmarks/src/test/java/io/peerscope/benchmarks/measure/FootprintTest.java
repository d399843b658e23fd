package io.peerscope.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootprintTest {
    @Test
    void theTotalOfAHistogramIsWhatLives() {
        String histogram = """
                71:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         41000        5248000  [B (java.base@25)
                Total        110001       11534336
                """;

        assertThat(Footprint.liveBytes(histogram)).isEqualTo(11 << 20);
    }

    @Test
    void theKernelTellsOfSocketsInPages() {
        assertThat(ProcFs.socketBytes(
                        "sockets: used 89\nTCP: inuse 1 orphan 0 tw 72 alloc 69 mem 256\nUDP: inuse 0 mem 3"))
                .isEqualTo(1 << 20);
    }
}
