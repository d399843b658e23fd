package io.peerscope.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentDeathTest {
    @TempDir
    Path folder;

    /** Of every parent: the next one wants what the orphans still listen on. */
    private final int kafkaPort = FreePort.any();

    private final int postgresPort = FreePort.any();

    @AfterEach
    void deleteWhatLiesElsewhere() throws IOException {
        EmbeddedPostgres.delete(folder.resolve("postgres"));
    }

    @Test
    void childrenGoWithTheirParentAndTheNextParentTakesOverTheirDataAndPorts() throws Exception {
        Process killed = parent();
        List<ProcessHandle> orphans = childrenOf(killed);
        killed.destroyForcibly();
        Process next = parent(); // finds the data still in use and has to wait
        assertGone(orphans);

        List<ProcessHandle> children = childrenOf(next);
        assertThat(children).allMatch(ProcessHandle::isAlive);
        next.getOutputStream().close();
        assertThat(next.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertGone(children);
    }

    private static void assertGone(List<ProcessHandle> children) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    private Process parent() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalParent.class.getName(),
                        folder.toString(),
                        Integer.toString(kafkaPort),
                        Integer.toString(postgresPort))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> childrenOf(Process parent) throws IOException {
        BufferedReader said = parent.inputReader(StandardCharsets.UTF_8);
        String line = Optional.ofNullable(said.readLine()).orElse("");
        assertThat(line).matches("\\d+ \\d+");
        return Stream.of(line.split(" "))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
    }
}
