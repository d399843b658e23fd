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

    private static final Map<Tier, Duration> KEPT = Map.of(
            Tier.RAW,
            DAY,
            Tier.MINUTE,
            Duration.ofDays(7),
            Tier.HOUR,
            Duration.ofDays(30),
            Tier.DAY,
            Duration.ofDays(365));
    /** As after a year of operation. */
    private static final Reach REACH = new Reach(Map.of(
            Tier.HOUR, Instant.parse("2026-11-21T11:00:00Z"),
            Tier.DAY, Instant.parse("2026-11-21T00:00:00Z"),
            Tier.MONTH, Instant.parse("2026-11-01T00:00:00Z")));

    private final HistoryPlanner planner =
            new HistoryPlanner(new HistoryPlanner.Limits(KEPT, 400_000, 3_000_000), field -> field.equals("cpu_usage"));

    private static HistoryRequest last(Duration range, Aggregate aggregate, int maxPoints) {
        return new HistoryRequest(
                NOW.minus(range),
                NOW,
                List.of("cpu_usage"),
                List.of(),
                null,
                Map.of(),
                aggregate,
                Grouping.of(List.of()),
                maxPoints);
    }

    /** What longer retention would keep, had it not been dropped before. */
    @Test
    void aTierThatWasDroppedIsNotTaken() {
        Reach dropped = new Reach(REACH.until(), Map.of(Tier.RAW, NOW.minus(Duration.ofHours(2))));
        HistoryRequest day = last(Duration.ofHours(24), Aggregate.AVG, 500);
        assertThat(planner.plan(day, Breadth.of(1), NOW, REACH).tier()).isEqualTo(Tier.RAW);
        assertThat(planner.plan(day, Breadth.of(1), NOW, dropped).tier()).isEqualTo(Tier.MINUTE);
        HistoryRequest hour = last(Duration.ofHours(1), Aggregate.AVG, 500);
        assertThat(planner.plan(hour, Breadth.of(1), NOW, dropped).tier()).isEqualTo(Tier.RAW);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, 1, raw, 8",
        "PT24H, 1, raw, 173",
        "PT24H, 100, 1m, 180",
        "P7D, 1, 1m, 1260",
        "P7D, 100, 1h, 3600",
        "P30D, 10, 1h, 7200",
        "P30D, 1000, 1d, 86400",
        "P365D, 10, 1d, 86400",
        "P1000D, 10, 1mo, 2592000",
    })
    void choosesTheFinestTierThatAnswersQuickly(Duration range, int subjects, String tier, long stepSeconds) {
        HistoryPlan plan = planner.plan(last(range, Aggregate.AVG, 500), Breadth.of(subjects), NOW, REACH);

        assertThat(plan.tier().word()).isEqualTo(tier);
        assertThat(plan.step()).isEqualTo(stepSeconds * 1000);
        assertThat(Math.floorDiv(plan.to() - 1, plan.step()) - Math.floorDiv(plan.from(), plan.step()) + 1)
                .isLessThanOrEqualTo(500);
    }

    @Test
    void theLastMinutesAreAlwaysReadFromRawPoints() {
        HistoryPlan plan = planner.plan(last(Duration.ofDays(7), Aggregate.AVG, 500), Breadth.of(1), NOW, REACH);

        assertThat(described(plan)).containsExactly("1m from 2026-11-14T12:00:00Z", "raw from 2026-11-21T11:55:00Z");
    }

    private static List<String> described(HistoryPlan plan) {
        return plan.segments().stream()
                .map(segment -> segment.tier().word() + " from " + Instant.ofEpochMilli(segment.from()))
                .toList();
    }

    @Test
    void whatALongTierHasNotYetComesFromTheShorterOnes() {
        HistoryPlan plan = planner.plan(last(Duration.ofDays(365), Aggregate.AVG, 500), Breadth.of(10), NOW, REACH);

        assertThat(described(plan))
                .containsExactly(
                        "1d from 2025-11-21T00:00:00Z",
                        "1h from 2026-11-21T00:00:00Z",
                        "1m from 2026-11-21T11:00:00Z",
                        "raw from 2026-11-21T11:55:00Z");
    }

    @Test
    void aTierThatHasNotBegunIsNotTaken() {
        assertThat(planner.plan(last(Duration.ofDays(7), Aggregate.AVG, 500), Breadth.of(100), NOW, Reach.NONE)
                        .tier())
                .isEqualTo(Tier.MINUTE);
    }

    @Test
    void aYoungInstallationAnswersAsFarBackAsAnOldOne() {
        HistoryPlan month =
                planner.plan(last(Duration.ofDays(30), Aggregate.AVG, 500), Breadth.of(2_000), NOW, Reach.NONE);
        assertThat(month.tier()).isEqualTo(Tier.HOUR);
        assertThat(described(month)).containsExactly("1m from 2026-10-22T12:00:00Z", "raw from 2026-11-21T11:55:00Z");

        HistoryPlan decade = planner.plan(last(Duration.ofDays(3650), Aggregate.AVG, 500), Breadth.of(10), NOW, REACH);
        assertThat(decade.tier()).isEqualTo(Tier.MONTH);
    }

    @Test
    void refusesWhatNoTierAnswersQuickly() {
        assertThatThrownBy(() ->
                        planner.plan(last(Duration.ofDays(7), Aggregate.AVG, 500), Breadth.of(1000), NOW, Reach.NONE))
                .isInstanceOf(RangeTooWideException.class)
                .hasMessageContaining("the limit is 3000000");
    }

    @Test
    void percentilesNeedRawPointsOrSketches() {
        assertThat(planner.plan(last(DAY, Aggregate.P95, 500), Breadth.of(10), NOW, REACH)
                        .tier())
                .isEqualTo(Tier.RAW);
        HistoryPlanner none = new HistoryPlanner(new HistoryPlanner.Limits(KEPT, 400_000, 3_000_000), field -> false);
        assertThatThrownBy(() -> none.plan(last(Duration.ofDays(2), Aggregate.P95, 500), Breadth.of(1), NOW, REACH))
                .hasMessageContaining("percentiles of cpu_usage are made of raw points, which are kept for 24 hours");
        assertThat(planner.plan(last(Duration.ofDays(2), Aggregate.P95, 500), Breadth.of(1), NOW, REACH)
                        .tier())
                .as("roll-ups of this field keep its distribution")
                .isEqualTo(Tier.MINUTE);
    }

    @Test
    void onePointForTheWholeRange() {
        HistoryPlan plan = planner.plan(last(Duration.ofHours(1), Aggregate.SUM, 1), Breadth.of(1), NOW, REACH);
        assertThat(Math.floorDiv(plan.to() - 1, plan.step())).isEqualTo(Math.floorDiv(plan.from(), plan.step()));
    }

    private static HistoryRequest between(String from, String to, int maxPoints) {
        return new HistoryRequest(
                Instant.parse(from),
                Instant.parse(to),
                List.of("cpu_usage"),
                List.of(),
                null,
                Map.of(),
                Aggregate.AVG,
                Grouping.of(List.of()),
                maxPoints);
    }

    /** Months are of 28 to 31 days, so the nominal thirty are no way to count them. */
    @ParameterizedTest
    @CsvSource({
        "2024-01-01T00:00:00Z, 2025-01-01T00:00:00Z, 12, 1",
        "2024-01-15T00:00:00Z, 2025-01-15T00:00:00Z, 12, 2",
        "2024-01-15T00:00:00Z, 2025-01-15T00:00:00Z, 13, 1",
        "2015-01-31T00:00:00Z, 2025-02-01T00:00:00Z, 1, 124",
        "2016-12-31T23:59:59Z, 2025-01-01T00:00:00.001Z, 3, 37",
    })
    void stepsOfMonthsAreCountedByTheCalendar(String from, String to, int maxPoints, long months) {
        HistoryPlan plan = planner.plan(between(from, to, maxPoints), Breadth.of(1), NOW, REACH);
        assertThat(plan.tier()).isEqualTo(Tier.MONTH);
        assertThat(plan.monthsOfStep()).isEqualTo(months);
        assertThat(plan.steps(Long.MIN_VALUE)).isLessThanOrEqualTo(maxPoints);
    }

    @Test
    void eachMetricOfARowCounts() {
        HistoryRequest month = last(Duration.ofDays(30), Aggregate.AVG, 500);
        assertThat(planner.plan(month, new Breadth(400, 1, Long.MIN_VALUE), NOW, REACH)
                        .tier())
                .isEqualTo(Tier.HOUR);
        assertThat(planner.plan(month, new Breadth(400 * 20, 20, Long.MIN_VALUE), NOW, REACH)
                        .tier())
                .isEqualTo(Tier.DAY);
        assertThatThrownBy(() -> planner.plan(
                        last(DAY, Aggregate.P95, 500), new Breadth(4_000, 4_000, Long.MIN_VALUE), NOW, REACH))
                .isInstanceOf(RangeTooWideException.class)
                .hasMessageContaining("4000 series; the limit is 2000");
        HistoryPlanner none = new HistoryPlanner(new HistoryPlanner.Limits(KEPT, 400_000, 3_000_000), field -> false);
        HistoryRequest hour = last(Duration.ofHours(1), Aggregate.P95, 10_000);
        assertThatThrownBy(() -> none.plan(hour, Breadth.of(1_000), NOW, REACH))
                .isInstanceOf(RangeTooWideException.class)
                .hasMessageContaining("about 720000 points; the limit is 500000")
                .hasMessageContaining("max_points");
    }

    @Test
    void whatBeganLateIsNotMuch() {
        HistoryRequest week = last(Duration.ofDays(7), Aggregate.AVG, 500);
        assertThat(planner.plan(week, Breadth.of(1_000), NOW, REACH).tier()).isEqualTo(Tier.HOUR);
        long hourAgo = NOW.minus(Duration.ofHours(1)).toEpochMilli();
        assertThat(planner.plan(week, new Breadth(1_000, 1_000, hourAgo), NOW, REACH)
                        .tier())
                .isEqualTo(Tier.MINUTE);
    }

    @Test
    void ofLinksThereAreRollUpsAndNoSamples() {
        HistoryRequest byKind = new HistoryRequest(
                NOW.minus(Duration.ofHours(1)),
                NOW,
                List.of("quality_score"),
                List.of(),
                "link",
                Map.of(),
                Aggregate.AVG,
                new Grouping.Each(),
                60);
        HistoryRequest byField = new HistoryRequest(
                NOW.minus(Duration.ofHours(1)),
                NOW,
                List.of("link_up", "relayed"),
                List.of(),
                null,
                Map.of(),
                Aggregate.AVG,
                new Grouping.Each(),
                60);
        for (HistoryRequest request : List.of(byKind, byField)) {
            HistoryPlan plan = planner.plan(request, Breadth.of(1), NOW, REACH);
            assertThat(plan.tier()).isEqualTo(Tier.MINUTE);
            assertThat(plan.segments()).as("to its newest end").singleElement().satisfies(segment -> {
                assertThat(segment.tier()).isEqualTo(Tier.MINUTE);
                assertThat(segment.to()).isGreaterThanOrEqualTo(NOW.toEpochMilli());
            });
        }
    }
}
