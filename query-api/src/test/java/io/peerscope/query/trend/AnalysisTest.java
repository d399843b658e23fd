package io.peerscope.query.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.query.trend.Forecast.Verdict;
import io.peerscope.query.trend.Trend.Course;
import io.peerscope.query.trend.Trend.Unknown;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Synthetic series, so that the right answer is known. */
class AnalysisTest {
    private static final double ONE_A_DAY = 1.0 / 24;

    private static Forecast full(Analysis analysis) {
        return analysis.forecast(100.0, Direction.UP, 90, "percent");
    }

    @Test
    void whatIsFlatStaysAndReachesNothing() {
        Analysis flat = Synthetic.hours(28, at -> 40).judged();
        assertThat(flat.trend().slopePerDay()).isZero();
        assertThat(flat.trend().lowPerDay()).isZero();
        assertThat(flat.trend().highPerDay()).isZero();
        assertThat(flat.trend().direction()).isEqualTo(Course.STEADY);
        assertThat(flat.trend().levelShifts()).isEmpty();
        assertThat(full(flat).verdict()).isEqualTo(Verdict.NOT_WITHIN_HORIZON);
        assertThat(flat.comparison().verdict()).isEqualTo("usual");
    }

    /** The last of 28 days of hours is hour 671 at 27.96 percent more than the first; 9 days later it is full. */
    @Test
    void aLineIsFollowedExactly() {
        Analysis line =
                Synthetic.hours(28, at -> 91 - 671 * ONE_A_DAY + at * ONE_A_DAY).judged();
        assertThat(line.trend().slopePerDay()).isCloseTo(1, within(1e-9));
        assertThat(line.trend().direction()).isEqualTo(Course.RISING);
        assertThat(line.trend().levelShifts()).isEmpty();
        Forecast forecast = full(line);
        assertThat(forecast.verdict()).isEqualTo(Verdict.REACHED);
        assertThat(forecast.inDays()).isCloseTo(9, within(0.05));
        assertThat(forecast.earliestInDays()).isCloseTo(9, within(0.05));
        assertThat(forecast.latestInDays()).isCloseTo(9, within(0.05));
        assertThat(forecast.summary()).startsWith("reaches 100 percent in 9 days");
        assertThat(line.forecast(0.0, Direction.DOWN, 90, "").verdict()).isEqualTo(Verdict.NOT_WITHIN_HORIZON);
        assertThat(line.comparison().difference()).isCloseTo(14, within(1e-9));
        assertThat(line.comparison().verdict()).isEqualTo("higher");
    }

    @Test
    void aSeasonIsNoTrend() {
        Analysis season = Synthetic.hours(28, at -> 50).season(20).judged();
        assertThat(season.trend().slopePerDay()).isCloseTo(0, within(1e-9));
        assertThat(season.trend().direction()).isEqualTo(Course.STEADY);
        assertThat(season.trend().levelShifts()).isEmpty();
        assertThat(full(season).verdict()).isEqualTo(Verdict.NOT_WITHIN_HORIZON);
        assertThat(season.comparison().verdict()).isEqualTo("usual");
        assertThat(season.pattern().byHour().get(6)).isEqualTo(70);
        assertThat(season.pattern().byWeekday().get(6)).isCloseTo(30, within(1e-9));
    }

    @Test
    void wordsHaveNoDigitsThatSayNothing() {
        ForecastWords words = new ForecastWords(99.50, Direction.UP, 90, "percent", true);
        assertThat(words.unknown(Unknown.NO_CLEAR_TREND, 9.1, null).summary())
                .isEqualTo("no clear trend; 99.5 percent not before 9.1 days");
    }

    /** The peak of a weekday reaches the limit eight days before the mean does: what comes true when the series goes on. */
    @Test
    void aSeasonReachesTheLimitWithItsPeak() {
        Analysis rising =
                Synthetic.hours(28, at -> 50 + at * ONE_A_DAY).season(10).judged();
        double[] truth =
                Synthetic.hours(60, at -> 50 + at * ONE_A_DAY).season(10).values();
        int reached = IntStream.range(0, truth.length)
                .filter(at -> truth[at] >= 100)
                .findFirst()
                .orElseThrow();
        assertThat(rising.trend().slopePerDay()).isCloseTo(1, within(1e-9));
        assertThat(full(rising).inDays()).isCloseTo((reached - 671) * ONE_A_DAY, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noiseHidesALittleAndTheIntervalSaysHowMuch(long seed) {
        Analysis noisy = Synthetic.hours(28, at -> 60 + 0.5 * at * ONE_A_DAY)
                .season(5)
                .noise(3, seed)
                .judged();
        assertThat(noisy.trend().slopePerDay()).isCloseTo(0.5, within(0.1));
        assertThat(noisy.trend().levelShifts()).isEmpty();
        assertThat(noisy.trend().recent()).isNull();
        Forecast forecast = full(noisy);
        assertThat(forecast.verdict()).isEqualTo(Verdict.REACHED);
        assertThat(forecast.earliestInDays()).isLessThanOrEqualTo(forecast.inDays());
        assertThat(forecast.latestInDays()).isGreaterThanOrEqualTo(forecast.inDays());
        // 74 at the end, a peak of 5, half a percent a day
        assertThat(forecast.inDays()).isCloseTo(42, within(9.0));
    }

    /** The promise of the interval, for noise as hosts have it: each hour much like the one before. */
    @Test
    void theIntervalHoldsTheTruthAboutAsOftenAsItPromises() {
        long held = IntStream.range(0, 200)
                .mapToObj(seed -> Synthetic.hours(28, at -> 0.3 * at * ONE_A_DAY)
                        .season(8)
                        .drift(4, 0.8, seed)
                        .judged()
                        .trend())
                .filter(trend -> holds(trend, 0.3))
                .count();
        assertThat(held).isGreaterThanOrEqualTo(175);
    }

    private static boolean holds(Trend trend, double truth) {
        Double low = trend.lowPerDay();
        Double high = trend.highPerDay();
        return low != null && high != null && low <= truth && high >= truth;
    }

    @Test
    void noiseAloneIsNoTrend() {
        long trends = IntStream.range(0, 100)
                .mapToObj(seed -> Synthetic.hours(28, at -> 50)
                        .drift(5, 0.7, seed)
                        .judged()
                        .trend())
                .filter(trend -> trend.direction() != Course.STEADY)
                .count();
        assertThat(trends).isLessThanOrEqualTo(12);
    }

    @Test
    void aFifthOfWildValuesMovesLittle() {
        Analysis wild = Synthetic.hours(28, at -> 50 + at * ONE_A_DAY)
                .noise(0.5, 3)
                .wild(0.2, 0, 4)
                .judged();
        assertThat(wild.trend().slopePerDay()).isCloseTo(1, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 9, 15, 22, 26})
    void aStepIsNoTrend(int day) {
        Analysis step = Synthetic.hours(28, at -> at < day * 24 ? 30 : 60)
                .season(4)
                .noise(1, 5)
                .judged();
        assertThat(step.trend().levelShifts()).hasSize(1);
        assertThat(step.trend().levelShifts().getFirst().by()).isCloseTo(30, within(1.0));
        assertThat(step.trend().levelShifts().getFirst().at().toEpochMilli())
                .isEqualTo(Synthetic.MONDAY + day * Steps.DAY);
        assertThat(step.trend().slopePerDay()).isCloseTo(0, within(0.05));
        assertThat(full(step).verdict()).isNotEqualTo(Verdict.REACHED);
    }

    /** A disk that grows, is cleaned up, and goes on growing. */
    @Test
    void aCleanUpDoesNotHideTheGrowth() {
        Analysis cleaned = Synthetic.hours(28, at -> 60 + at * ONE_A_DAY - (at < 15 * 24 ? 0 : 40))
                .noise(0.3, 6)
                .judged();
        assertThat(cleaned.trend().slopePerDay()).isCloseTo(1, within(0.03));
        assertThat(cleaned.trend().levelShifts().getFirst().by()).isCloseTo(-40, within(0.5));
        // 48 at the end
        assertThat(full(cleaned).inDays()).isCloseTo(52, within(3.0));
    }

    /** Whoever looks at four weeks only would call it steady. */
    @Test
    void whatTheLastDaysDoDecides() {
        Analysis late = Synthetic.hours(28, at -> 40 + (at < 25 * 24 ? 0 : (at - 25 * 24) * 10 * ONE_A_DAY))
                .season(3)
                .noise(0.5, 7)
                .judged();
        Trend.Recent recent = late.trend().recent();
        assertThat(recent).isNotNull();
        assertThat(recent.slopePerDay()).isCloseTo(10, within(1.0));
        Forecast forecast = full(late);
        assertThat(forecast.basedOn()).isEqualTo("recent");
        // 70 at the end, a peak of 3
        assertThat(forecast.inDays()).isCloseTo(3, within(0.6));
    }

    @Test
    void gapsAreNoZeros() {
        Analysis gaps = Synthetic.hours(28, at -> 50 + at * ONE_A_DAY)
                .season(5)
                .gaps(0.4, 8)
                .without(200, 320)
                .judged();
        assertThat(gaps.trend().slopePerDay()).isCloseTo(1, within(1e-9));
        assertThat(Synthetic.hours(28, at -> 50 + at * ONE_A_DAY)
                        .gaps(0.8, 9)
                        .judged()
                        .trend()
                        .reason())
                .isEqualTo(Unknown.TOO_MANY_GAPS);
    }

    @Test
    void whoeverFellSilentHasNoFuture() {
        Analysis silent =
                Synthetic.hours(28, at -> 50 + at * ONE_A_DAY).without(600, 672).judged();
        assertThat(silent.trend().reason()).isEqualTo(Unknown.STALE);
        assertThat(full(silent).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(full(silent).reason()).isEqualTo(Unknown.STALE);
        assertThat(full(silent).inDays()).isNull();
    }

    @Test
    void twoDaysAreTooShortAndThreeAreEnough() {
        Analysis two = Synthetic.hours(2, at -> 50 + at * ONE_A_DAY).judged();
        assertThat(two.trend().reason()).isEqualTo(Unknown.TOO_SHORT);
        assertThat(full(two).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(full(two).summary()).contains("too little history");
        Analysis three = Synthetic.hours(4, at -> 80 + 2 * at * ONE_A_DAY).judged();
        assertThat(three.trend().season()).isEqualTo("day");
        assertThat(full(three).inDays()).isCloseTo(6, within(0.1));
        // nobody looks further ahead than four times as far as the data reach back
        assertThat(three.forecast(1000.0, Direction.UP, 365, "").horizonDays()).isEqualTo(16);
        assertThat(Synthetic.hours(0, at -> 0).judged().trend().reason()).isEqualTo(Unknown.TOO_SHORT);
    }

    @Test
    void whatComesLateInTheHistoryCountsFromThere() {
        Analysis young = Synthetic.hours(28, at -> 80 + at * ONE_A_DAY)
                .without(0, 22 * 24)
                .judged();
        assertThat(young.trend().days()).isEqualTo(6);
        assertThat(young.trend().season()).isEqualTo("day");
        assertThat(young.trend().slopePerDay()).isCloseTo(1, within(1e-9));
        assertThat(young.comparison().verdict()).isEqualTo("unknown");
    }

    @Test
    void whenNobodyCanTellItSaysSo() {
        Analysis unclear = Synthetic.hours(28, at -> 85 + 0.02 * at * ONE_A_DAY)
                .drift(6, 0.9, 11)
                .judged();
        Forecast forecast = full(unclear);
        assertThat(forecast.verdict()).isNotEqualTo(Verdict.REACHED);
        assertThat(forecast.inDays()).isNull();
        assertThat(forecast.at()).isNull();
    }

    @Test
    void aLimitThatIsPastIsSaidToBe() {
        Analysis line = Synthetic.hours(28, at -> 99 + at * ONE_A_DAY).judged();
        assertThat(full(line).verdict()).isEqualTo(Verdict.ALREADY);
        assertThat(line.forecast(null, Direction.UP, 90, "").verdict()).isEqualTo(Verdict.NO_LIMIT);
    }

    @Test
    void aLimitCanBeReachedFromAbove() {
        Analysis falling =
                Synthetic.hours(28, at -> 50 - at * ONE_A_DAY).season(2).judged();
        assertThat(falling.trend().direction()).isEqualTo(Course.FALLING);
        // 22 at the end, two less at night, two less at weekends
        assertThat(falling.forecast(10.0, Direction.DOWN, 90, "").inDays()).isBetween(7.0, 12.0);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aYearOfDaysHasWeeksToo(Direction direction) {
        int sign = direction == Direction.UP ? 1 : -1;
        Analysis year = Synthetic.days(364, at -> sign * (100 + 0.1 * at))
                .season(8)
                .noise(1, 12)
                .judged();
        assertThat(year.trend().season()).isEqualTo("week");
        assertThat(year.trend().slopePerDay()).isCloseTo(sign * 0.1, within(0.003));
        // from 136 on, a weekend being 8 nearer to what is below
        double days = direction == Direction.UP ? 136 : 60;
        assertThat(year.forecast(sign * 150.0, direction, 365, "").inDays()).isCloseTo(days, within(15.0));
        assertThat(Synthetic.days(20, at -> at).judged().trend().reason()).isEqualTo(Unknown.TOO_SHORT);
    }
}
