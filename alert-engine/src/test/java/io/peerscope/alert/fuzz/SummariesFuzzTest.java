package io.peerscope.alert.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/**
 * Looks for summaries, hosts, labels and values that make no text, for as long as {@code ./test --fuzz} says. What it has
 * found stays in the corpus, which {@link CorpusTest} runs in every build without Jazzer and its agent.
 */
@Tag("fuzz")
final class SummariesFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void summary(byte[] input) {
        Target.SUMMARY.take(input);
    }
}
