package io.peerscope.query.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/**
 * Looks for documents that their readers do not stand, each for as long as {@code ./test --fuzz} says. What it has found
 * stays in the corpus, which {@link CorpusTest} runs in every build without Jazzer and its agent.
 */
@Tag("fuzz")
final class DocumentsFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void rule(byte[] input) {
        Target.RULE.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void whatIf(byte[] input) {
        Target.WHAT_IF.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void oldRules(byte[] input) {
        Target.OLD_RULES.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void silence(byte[] input) {
        Target.SILENCE.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void inhibition(byte[] input) {
        Target.INHIBITION.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void channel(byte[] input) {
        Target.CHANNEL.take(input);
    }
}
