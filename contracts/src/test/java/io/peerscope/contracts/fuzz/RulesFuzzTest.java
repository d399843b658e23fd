package io.peerscope.contracts.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/**
 * Looks for rules and summaries that their readers do not stand, each for as long as {@code ./test --fuzz} says. What it
 * has found stays in the corpus, which {@link CorpusTest} runs in every build without Jazzer and its agent.
 */
@Tag("fuzz")
final class RulesFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void rule(byte[] input) {
        Target.RULE.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void summary(byte[] input) {
        Target.SUMMARY.take(input);
    }
}
