package io.peerscope.aggregate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbsencePatternTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long START = 20_400 * DAY;

    @Test
    void whoIsAwayEachNightIsAwaitedOnlyByDay() {
        AbsencePattern pattern = learned(14);
        long day15 = START + 14 * DAY;
        assertThat(pattern.expectedAt(day15 + 2 * HOUR + 60_000)).isTrue();
        assertThat(pattern.expectedAt(day15 + 7 * HOUR)).isTrue();
        assertThat(pattern.expectedAt(day15 + 9 * HOUR)).isFalse();
        assertThat(pattern.expectedAt(day15 + 23 * HOUR)).isFalse();
    }

    @Test
    void whatIsRememberedIsTheSame() {
        AbsencePattern pattern = AbsencePattern.of(learned(14).text());
        assertThat(pattern.expectedAt(START + 14 * DAY + 3 * HOUR)).isTrue();
        assertThat(pattern.expectedAt(START + 14 * DAY + 12 * HOUR)).isFalse();
    }

    @Test
    void aFewNightsAreNoHabit() {
        assertThat(learned(8).expectedAt(START + 8 * DAY + 3 * HOUR)).isFalse();
    }

    @Test
    void whoWasNeverSeenIsNotKnown() {
        assertThat(new AbsencePattern().expectedAt(START)).isFalse();
    }

    /** Away from two to eight. */
    private static AbsencePattern learned(int days) {
        AbsencePattern pattern = new AbsencePattern();
        for (long at = START; at < START + days * DAY; at += 60_000) {
            long hour = at % DAY / HOUR;
            if (hour < 2 || hour >= 8) {
                pattern.heard(at);
            } else {
                pattern.turn(at);
            }
        }
        pattern.turn(START + days * DAY);
        return pattern;
    }
}
