package io.peerscope.contracts.fuzz;

import io.peerscope.house.hostile.Corpus;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorpusTest {
    @ParameterizedTest
    @EnumSource(Target.class)
    void everyInputIsDecided(Target target) throws IOException {
        Corpus.isTaken(RulesFuzzTest.class, target, target::take);
    }
}
