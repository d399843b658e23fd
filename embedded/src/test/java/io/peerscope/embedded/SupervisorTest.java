package io.peerscope.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisorTest {
    @Test
    void aStartThatFailsAsNobodyForesawIsTriedAgain() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        List<String> said = new CopyOnWriteArrayList<>();
        Supervisor.Starter starter = () -> switch (starts.incrementAndGet()) {
            case 1 -> child("exit 3");
            case 2 -> throw new IllegalStateException("a mistake of ours");
            default -> child("read until_the_lifeline_is_cut");
        };
        try (Supervisor supervisor = Supervisor.start("Child", starter, true, said::add)) {
            await().until(() -> said.contains("Child is back"));
            assertThat(supervisor.child().isAlive()).isTrue();
            assertThat(said).anyMatch(line -> line.contains("a mistake of ours"));
        }
    }

    private static Child child(String script) {
        try {
            Process process = new ProcessBuilder("sh", "-c", script).start();
            return new Child(process, process.toHandle());
        } catch (IOException e) {
            throw new EmbeddedStartException("no shell", e);
        }
    }
}
