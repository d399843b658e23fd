package io.peerscope.query.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryPlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:30Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final HistoryPlanner planner = new HistoryPlanner(new HistoryPlanner.Limits(DAY, 400_000, 3_000_000));

    private static HistoryRequest last(Duration range, Aggregate aggregate, int maxPoints) {
        return new HistoryRequest(
                NOW.minus(range),
                NOW,
                List.of("cpu_usage"),
                List.of(),
                null,
                Map.of(),
                aggregate,
                Grouping.of(""),
                maxPoints);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, 1, raw, 8",
        "PT24H, 1, raw, 173",
        "PT24H, 100, 1m, 180",
        "P7D, 1, 1m, 1260",
        "P30D, 10, 1m, 5220",
    })
    void choosesTheFinestTierThatAnswersQuickly(Duration range, int subjects, String tier, long stepSeconds) {
        HistoryPlan plan = planner.plan(last(range, Aggregate.AVG, 500), subjects, NOW);

        assertThat(plan.tier().word()).isEqualTo(tier);
        assertThat(plan.step()).isEqualTo(stepSeconds * 1000);
        assertThat(Math.floorDiv(plan.to() - 1, plan.step()) - Math.floorDiv(plan.from(), plan.step()) + 1)
                .isLessThanOrEqualTo(500);
    }

    @Test
    void theLastMinutesAreAlwaysReadFromRawPoints() {
        HistoryPlan plan = planner.plan(last(Duration.ofDays(7), Aggregate.AVG, 500), 1, NOW);

        assertThat(Instant.ofEpochMilli(plan.rawFrom())).isEqualTo("2026-11-21T11:55:00Z");
        assertThat(Instant.ofEpochMilli(plan.from())).isEqualTo("2026-11-14T12:00:00Z");
    }

    @Test
    void refusesWhatWouldCrawl() {
        assertThatThrownBy(() -> planner.plan(last(Duration.ofDays(7), Aggregate.AVG, 500), 1000, NOW))
                .isInstanceOf(RangeTooWideException.class)
                .hasMessageContaining("the limit is 3000000");
    }

    @Test
    void percentilesNeedRawPoints() {
        assertThat(planner.plan(last(DAY, Aggregate.P95, 500), 10, NOW).tier()).isEqualTo(Tier.RAW);
        assertThatThrownBy(() -> planner.plan(last(Duration.ofDays(2), Aggregate.P95, 500), 1, NOW))
                .hasMessageContaining("percentiles need raw points, which are kept for 24 hours");
    }

    @Test
    void onePointForTheWholeRange() {
        HistoryPlan plan = planner.plan(last(Duration.ofHours(1), Aggregate.SUM, 1), 1, NOW);
        assertThat(Math.floorDiv(plan.to() - 1, plan.step())).isEqualTo(Math.floorDiv(plan.from(), plan.step()));
    }
}
