package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PassedTest {
    private final Passed passed = new Passed();

    @Test
    void whatWasThereIsReadOnceThePositionIsBehindIt() {
        passed.ends(1_000, Map.of(0, 10L, 1, 0L));
        passed.positions(1_000, Map.of(0, 9L));
        assertThat(passed.until()).isEqualTo(Map.of(1, 1_000L));
        passed.positions(1_400, Map.of(0, 10L));
        assertThat(passed.until()).isEqualTo(Map.of(0, 1_000L, 1, 1_000L));
    }

    @Test
    void onePartitionThatGrowsAllTheTimeIsKnownAllTheSame() {
        for (long second = 0; second < 10; second++) {
            passed.ends(second * 1_000, Map.of(0, second * 100));
            passed.positions(second * 1_000, Map.of(0, second * 100 - 60));
            assertThat(passed.gaps(second * 1_000, 3_000))
                    .as("its reader moves")
                    .isEmpty();
        }
        assertThat(passed.until().get(0)).isGreaterThanOrEqualTo(7_000);
    }

    @Test
    void aClockThatIsSetBackTakesBackWhatItSaid() {
        passed.ends(9_000, Map.of(0, 10L));
        passed.positions(9_000, Map.of(0, 10L));
        passed.ends(2_000, Map.of(0, 10L));
        passed.positions(2_000, Map.of(0, 10L));
        assertThat(passed.until()).isEqualTo(Map.of(0, 2_000L));
    }

    @Test
    void marksOfTransactionsBehindTheLastRecordAreAGapUntilSomebodyLooks() {
        passed.ends(1_000, Map.of(0, 10L, 1, 5L));
        passed.positions(1_000, Map.of(0, 9L));
        assertThat(passed.gaps(4_000, 3_000)).isEmpty();
        assertThat(passed.gaps(4_001, 3_000)).containsExactly(new Passed.Gap(0, 9, 10), new Passed.Gap(1, 0, 5));
        assertThat(passed.gaps(4_400, 3_000)).as("not all the time").isEmpty();
        passed.passed(0);
        assertThat(passed.until()).isEqualTo(Map.of(0, 1_000L));
        assertThat(passed.gaps(8_000, 3_000)).containsExactly(new Passed.Gap(1, 0, 5));
    }
}
