package io.peerscope.query.trend;

import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.detect.Expectation.Crossing;
import io.peerscope.query.trend.Trend.Course;
import io.peerscope.query.trend.Trend.Unknown;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Judges one series: what its trend is, and whether that can be told at all. */
public final class Analysis {
    private static final double SHORTEST_OF_HOURS = 3;
    private static final double SHORTEST_OF_DAYS = 21;
    private static final double WEEKLY_FROM = 14;
    private static final double RECENT_FROM = 21;
    private static final int RECENT_DAYS = 3;
    /** The last days do something else where they gain so many standard deviations that nothing else explains. */
    private static final double CLEARLY = 4;

    /** So many standard deviations are no clean-up, nor is this part of what it grows while one looks ahead. */
    private static final double ORDINARY = 3;

    private static final double SMALL = 0.25;

    private final Steps whole;
    private final Steps steps;
    private final int perDay;
    private final Trend trend;
    private final Optional<Outlook> outlook;

    /** @param whole ends with the newest step that is over */
    public Analysis(Steps whole) {
        this.whole = whole;
        this.steps = whole.fromFirstValue();
        this.perDay = steps.perDay();
        Optional<Unknown> hindrance = hindrance();
        if (hindrance.isPresent()) {
            this.outlook = Optional.empty();
            this.trend = Trend.unknown(hindrance.get(), days(), steps.present());
            return;
        }
        Season season = season();
        int period = season.length(steps);
        LevelShifts level = LevelShifts.of(steps.values(), period, perDay);
        Slope slope = Slope.of(level.values(), period);
        if (!slope.bounded()) {
            this.outlook = Optional.empty();
            this.trend = Trend.unknown(Unknown.TOO_NOISY, days(), steps.present());
            return;
        }
        Residuals residuals = Residuals.of(level.values(), period, slope.perStep());
        Optional<Slope> recent = season == Season.WEEK && perDay > 1 && days() >= RECENT_FROM
                ? recent(residuals, slope)
                : Optional.empty();
        this.outlook = Optional.of(new Outlook(steps.size(), slope.perStep(), recent.orElse(slope), residuals, perDay));
        this.trend = new Trend(
                null,
                season.word(),
                perDay(slope.perStep()),
                perDay(slope.low()),
                perDay(slope.high()),
                course(slope),
                days(),
                steps.present(),
                level.shifts().stream()
                        .map(shift -> new Trend.LevelShift(Instant.ofEpochMilli(steps.time(shift.at())), shift.by()))
                        .toList(),
                recent.map(this::shown).orElse(null));
    }

    public Trend trend() {
        return trend;
    }

    public Comparison comparison() {
        return Comparison.of(whole);
    }

    public Pattern pattern() {
        return Pattern.of(whole);
    }

    /** When the limit is reached; no limit is no question. */
    public Forecast forecast(@Nullable Double limit, Direction direction, double horizonDays, String unit) {
        double horizon = Math.min(horizonDays, ForecastWords.FURTHEST * days());
        ForecastWords words = new ForecastWords(limit, direction, horizon, unit, trend.recent() != null);
        if (limit == null) {
            return words.noLimit();
        }
        if (outlook.isEmpty()) {
            return words.unknown(trend.reason() == null ? Unknown.TOO_SHORT : trend.reason(), null, null);
        }
        if (direction.past(steps.values()[steps.lastPresent()], limit)) {
            return words.already();
        }
        Outlook ahead = outlook.get();
        int furthest = (int) Math.ceil(horizon * perDay);
        Double middle = inDays(ahead.reached(limit, direction, furthest));
        Double earliest = inDays(ahead.earliest(limit, direction, furthest));
        Double latest = inDays(ahead.latest(limit, direction, furthest));
        boolean clear = course(ahead.slope()) != Course.STEADY;
        if (middle != null && clear) {
            long at = steps.time(steps.size() - 1) + Math.round(middle * Steps.DAY);
            return words.reached(middle, earliest, latest, Instant.ofEpochMilli(at));
        }
        return clear || earliest == null
                ? words.notWithin(earliest)
                : words.unknown(Unknown.NO_CLEAR_TREND, earliest, latest);
    }

    /**
     * Where hours are heading, beginning with the last.
     *
     * @param within hours that are looked ahead from each
     * @param hours how many there are, besides the last
     * @return empty where the data do not allow an answer
     */
    public Optional<Expectation.Heading> heading(
            Collection<Double> limits, Direction direction, int within, int hours) {
        if (outlook.isEmpty()) {
            return Optional.empty();
        }
        Outlook ahead = outlook.get();
        Course towards = direction == Direction.UP ? Course.RISING : Course.FALLING;
        int furthest = (int) Math.min(within, ForecastWords.FURTHEST * days() * perDay);
        long last = steps.time(steps.size() - 1);
        List<Crossing> crossings = limits.stream()
                .map(limit -> new Crossing(
                        limit,
                        instant(last, ahead.reached(limit, direction, furthest + hours)),
                        instant(last, ahead.earliest(limit, direction, furthest + hours)),
                        instant(last, ahead.latest(limit, direction, furthest + hours))))
                .toList();
        return Optional.of(new Expectation.Heading(
                Instant.ofEpochMilli(last + steps.step() / 2),
                ahead.expected(hours),
                course(ahead.slope()) == towards ? ahead.worst(direction, furthest, hours) : new double[0],
                Math.max(
                        ORDINARY * ahead.residuals().spread(),
                        SMALL * Math.abs(ahead.slope().perStep()) * furthest),
                ahead.slope().perStep(),
                crossings));
    }

    private @Nullable Instant instant(long last, OptionalInt ahead) {
        return ahead.isPresent() ? Instant.ofEpochMilli(last + ahead.getAsInt() * steps.step()) : null;
    }

    private @Nullable Double inDays(OptionalInt ahead) {
        return ahead.isPresent() ? (Double) ((double) ahead.getAsInt() / perDay) : null;
    }

    double days() {
        return steps.days();
    }

    private Optional<Unknown> hindrance() {
        return steps.hindrance(perDay == 1 ? SHORTEST_OF_DAYS : SHORTEST_OF_HOURS);
    }

    private Season season() {
        return perDay == 1 || days() >= WEEKLY_FROM ? Season.WEEK : Season.DAY;
    }

    /** What the last days do on top of the long run, if that is clearly something. */
    private Optional<Slope> recent(Residuals residuals, Slope longRun) {
        double[] left = residuals.left();
        int from = left.length - RECENT_DAYS * perDay;
        double[] last = Arrays.copyOfRange(left, from, left.length);
        double usual = Median.spread(Arrays.copyOf(left, from));
        Slope extra = Slope.of(last, perDay);
        boolean clear = extra.bounded()
                && course(extra) != Course.STEADY
                && Math.abs(extra.perStep()) * last.length > CLEARLY * usual;
        return clear
                ? Optional.of(new Slope(
                        longRun.perStep() + extra.perStep(),
                        longRun.low() + extra.low(),
                        longRun.high() + extra.high(),
                        extra.pairs()))
                : Optional.empty();
    }

    private Trend.Recent shown(Slope slope) {
        return new Trend.Recent(RECENT_DAYS, perDay(slope.perStep()), perDay(slope.low()), perDay(slope.high()));
    }

    private double perDay(double perStep) {
        return perStep * perDay;
    }

    private static Course course(Slope slope) {
        return slope.low() > 0 ? Course.RISING : slope.high() < 0 ? Course.FALLING : Course.STEADY;
    }
}
