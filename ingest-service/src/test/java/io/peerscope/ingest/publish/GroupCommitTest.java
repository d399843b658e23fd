package io.peerscope.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final GroupCommit commit = new GroupCommit(Duration.ofMinutes(10));
    /** What has begun, in its order. */
    private final List<String> begun = new CopyOnWriteArrayList<>();

    private final List<Runnable> underWay = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        commit.close();
    }

    private void submit(String name) {
        submit(name, commit);
    }

    private void submit(String name, GroupCommit to) {
        to.submit(through -> {
            begun.add(name);
            underWay.add(through);
        });
    }

    @Test
    void theFirstGoesAtOnceAndWhatComesMeanwhileGoesTogether() {
        submit("a");
        assertThat(begun).containsExactly("a");
        submit("b");
        submit("c");
        assertThat(begun).containsExactly("a");
        underWay.removeFirst().run();
        assertThat(begun).containsExactly("a", "b", "c");
        submit("d");
        underWay.removeFirst().run();
        assertThat(begun).hasSize(3);
        underWay.removeFirst().run();
        assertThat(begun).containsExactly("a", "b", "c", "d");
    }

    @Test
    void nobodyWaitsForWhatDoesNotEnd() {
        try (GroupCommit hasty = new GroupCommit(Duration.ofMillis(1))) {
            submit("a", hasty);
            submit("b", hasty);
            await().until(() -> begun.contains("b"));
            submit("c", hasty);
            await().until(() -> begun.contains("c"));
            // what ends late begins nothing twice
            List.copyOf(underWay).forEach(Runnable::run);
            assertThat(begun).containsExactly("a", "b", "c");
        }
    }

    @Test
    void workThatEndsAtOnceIsFine() {
        commit.submit(Runnable::run);
        submit("a");
        assertThat(begun).containsExactly("a");
        commit.submit(Runnable::run);
        submit("b");
        underWay.removeFirst().run();
        assertThat(begun).containsExactly("a", "b");
    }

    @Test
    void whatWaitsAtTheEndIsBegun() {
        submit("a");
        submit("b");
        commit.close();
        assertThat(begun).containsExactly("a", "b");
        submit("c");
        commit.close();
        assertThat(begun).containsExactly("a", "b", "c");
    }
}
