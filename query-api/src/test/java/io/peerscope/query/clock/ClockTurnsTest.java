package io.peerscope.query.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.ledger.HostDay;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClockTurnsTest {
    private static final long NOON = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;

    private static PointBatch batch(long second, long skew, long ahead) {
        long at = NOON + second * 1000;
        Point point = Point.of(new Subject("h1", "host", Labels.none()), at + ahead, Map.of("a", 1.0, "b", 2.0));
        return new PointBatch("h1", "", at, at, "r", skew, false, List.of(point));
    }

    @Test
    void aClockThatIsRightLeavesNoTrace() {
        ClockTurns turns = new ClockTurns(Map.of()).hear(batch(0, 0, -5)).hear(batch(5, 0, -5));
        assertThat(turns.changed()).isEmpty();
        assertThat(turns.days()).isEmpty();
        assertThat(turns.jumps()).isEmpty();
    }

    @Test
    void aClockThatIsFoundWrongAndSetRightJumpedTwice() {
        ClockTurns turns = new ClockTurns(Map.of())
                .hear(batch(0, -HOUR, 400))
                .hear(batch(5, -HOUR, -20))
                .hear(batch(10, 0, -20));
        assertThat(turns.changed()).containsOnly(Map.entry("h1", new ClockState(0, NOON + 10_000, 2)));
        assertThat(turns.jumps())
                .containsExactly(
                        new ClockTurns.Jump("h1", 0, NOON, 0, -HOUR),
                        new ClockTurns.Jump("h1", 1, NOON + 10_000, -HOUR, 0));
        assertThat(turns.days()).containsOnly(Map.entry(HostDay.of("h1", NOON), new ClockDay(4, -HOUR, 0, 400, 2)));
    }

    @Test
    void whatIsKnownFromBeforeIsNoJump() {
        ClockTurns turns = new ClockTurns(Map.of("h1", new ClockState(-HOUR, NOON - 1, 7))).hear(batch(0, -HOUR, 0));
        assertThat(turns.changed()).isEmpty();
        assertThat(turns.jumps()).isEmpty();
        assertThat(turns.days()).hasSize(1);
        assertThat(turns.hear(batch(5, 0, 0)).changed().get("h1")).isEqualTo(new ClockState(0, NOON + 5_000, 8));
    }
}
