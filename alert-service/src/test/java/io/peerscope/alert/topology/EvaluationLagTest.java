package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.foundation.health.Condition;
import org.junit.jupiter.api.Test;

class EvaluationLagTest {
    private static final long START = 1_000_000;
    private final EvaluationLag lag = new EvaluationLag();

    @Test
    void aTaskThatKeepsUpIsNotBehind() {
        assertThat(lag.behind(START)).isZero();
        lag.taken(0, START);
        lag.read(0, START + 90, START + 100);
        assertThat(lag.behind(START + 110)).isEqualTo(20);
        lag.read(0, START + 4_000, START + 5_000);
        assertThat(lag.behind(START + 5_000)).as("nothing comes").isEqualTo(1_000);
        lag.read(0, 0, START + 5_000);
        assertThat(lag.behind(START + 5_000)).as("nobody knows").isEqualTo(1_000);
    }

    /** A record takes longer than its transaction may: fenced, taken up again, and the same record once more. */
    @Test
    void aTaskThatBeginsAgainAndAgainIsBehindSinceItsLastRecord() {
        lag.taken(0, START);
        lag.read(0, START, START);
        long now = START;
        for (int round = 0; round < 9; round++) {
            lag.taken(0, now);
            lag.read(0, 0, now + 200);
            now += 15_000;
            lag.released(0, now);
            if (round == 1) {
                assertThat(lag.condition(now - 1_000)).isEqualTo(Condition.ok());
                assertThat(lag.condition(now + 1_000)).isEqualTo(new Condition.Degraded("alerts are judged 31 s late"));
            }
        }
        assertThat(lag.behind(now)).isEqualTo(9 * 15_000);
        assertThat(lag.condition(now)).isEqualTo(new Condition.Down("alerts are judged 135 s late"));
    }

    @Test
    void aTaskThatWentElsewhereIsNoneOfOurs() {
        lag.taken(0, START);
        lag.read(0, START, START);
        lag.released(0, START);
        assertThat(lag.behind(START + EvaluationLag.GONE + 1)).isZero();
        lag.taken(0, START + 500_000);
        assertThat(lag.behind(START + 500_000)).isZero();
    }

    @Test
    void aClockThatIsSetBackHidesNothing() {
        lag.taken(0, START);
        lag.read(0, START, START);
        lag.taken(1, START);
        lag.released(1, START);
        long now = START - 3_600_000;
        assertThat(lag.behind(now)).isZero();
        lag.read(0, now + 100_000, now + 110_000);
        assertThat(lag.behind(now + 110_000)).as("the task at work").isEqualTo(10_000);
        assertThat(lag.behind(now + 190_000)).as("stuck").isEqualTo(90_000);
    }

    @Test
    void theOldestOfAllTasksCounts() {
        lag.taken(0, START);
        lag.taken(1, START);
        lag.read(0, START + 5_000, START + 5_000);
        lag.read(1, START + 1_000, START + 5_000);
        assertThat(lag.behind(START + 5_000)).isEqualTo(4_000);
    }
}
