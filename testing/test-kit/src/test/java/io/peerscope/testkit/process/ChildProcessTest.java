package io.peerscope.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final List<String> PATIENT =
            List.of("sh", "-c", "trap 'echo asked to stop; exit 0' TERM; echo begun; while :; do sleep 0.05; done");

    @TempDir
    private Path folder;

    @Test
    void itIsAskedToStopAndItsOutputIsKept() {
        try (ChildProcess child = begun()) {
            child.close();
            assertThat(child.isAlive()).isFalse();
            assertThat(child.lastLines(1)).isEqualTo("asked to stop");
        }
    }

    @Test
    void itCanBeKilledAndPaused() {
        try (ChildProcess child = begun()) {
            try (Signals.Paused paused = Signals.pause(child.program())) {
                assertThat(paused.processes()).contains(child.program());
                assertThat(child.isAlive()).isTrue();
            }
            child.kill();
            assertThat(child.isAlive()).isFalse();
            assertThat(child.lastLines(1)).isEqualTo("begun");
        }
    }

    private ChildProcess begun() {
        ChildProcess child = ChildProcess.start("patient", PATIENT, folder, folder.resolve("log"));
        Awaitility.await().atMost(SOON).until(() -> child.lastLines(1).equals("begun"));
        return child;
    }
}
