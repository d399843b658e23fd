package io.peerscope.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final Map<String, Usage.Program> PROGRAMS =
            Map.of("broker", program(3), "standalone", program(7), Usage.GENERATOR, program(2));

    @Test
    void theGeneratorServesNobody() {
        assertThat(Usage.of(10, PROGRAMS, 15, 0).servingCpuSeconds()).isEqualTo(10);
    }

    @Test
    void whatIsBusyAndNotOursBelongsToOthers() {
        assertThat(Usage.of(10, PROGRAMS, 15, 0).otherCpuSeconds()).isEqualTo(3);
        assertThat(Usage.of(10, PROGRAMS, 11.98, 0).otherCpuSeconds()).isZero();
    }

    private static Usage.Program program(double cpuSeconds) {
        return new Usage.Program(cpuSeconds, 0);
    }
}
