package io.peerscope.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {
    @TempDir
    private Path root;

    @Test
    void aProgramsNameMayLookLikeFields() {
        ProcFs.CpuTime time = ProcFs.cpuTime(
                "71 (postgres: a) b 9) S 1 71 71 0 -1 4194560 7037 2417 81 0 1250 250 300 50 20 0 1 0 8714 5 6");

        assertThat(time).isEqualTo(new ProcFs.CpuTime(15.0, 3.5));
    }

    @Test
    void waitingIsNotBeingBusy() {
        ProcFs.MachineTime time = ProcFs.machineTime("cpu  1000 200 300 90000 5000 0 100 400 0 0\ncpu0 1 2 3 4\n");

        assertThat(time).isEqualTo(new ProcFs.MachineTime(16.0, 4.0));
    }

    @Test
    void sharedMemoryCountsInParts() throws IOException {
        Files.createDirectory(root.resolve("71"));
        Files.writeString(
                root.resolve("71/smaps_rollup"),
                "55d0-7ffe ---p 00000000 00:00 0   [rollup]\nRss:     9000 kB\nPss:     2048 kB\nPss_Dirty:  10 kB\n");

        assertThat(new ProcFs(root).residentBytes(71)).isEqualTo(2 << 20);
    }

    @Test
    void aProgramThatHasEndedUsesNothing() {
        assertThat(new ProcFs(root).cpuTime(72)).isEmpty();
        assertThat(new ProcFs(root).residentBytes(72)).isZero();
    }
}
