package io.peerscope.foundation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class PromptCommitTest {
    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private final PromptCommit commit = new PromptCommit(context);

    private boolean committedAfterSending(long at) {
        context.setCurrentSystemTimeMs(at);
        context.resetCommit();
        commit.sent();
        return context.committed();
    }

    @Test
    void the_first_is_committed_at_once_and_a_storm_takes_the_interval() {
        assertThat(committedAfterSending(1_000)).isTrue();
        assertThat(committedAfterSending(1_000)).isFalse();
        assertThat(committedAfterSending(1_099)).isFalse();
        assertThat(committedAfterSending(1_100)).isTrue();
        assertThat(committedAfterSending(1_101)).isFalse();
    }

    @Test
    void a_clock_that_was_set_back_holds_nothing_up() {
        assertThat(committedAfterSending(1_000_000)).isTrue();
        assertThat(committedAfterSending(1_000)).isTrue();
    }
}
