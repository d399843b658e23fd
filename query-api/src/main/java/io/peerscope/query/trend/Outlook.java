package io.peerscope.query.trend;

import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/**
 * What a series is expected to be, from its last step on: where it is now by slope and season, how it goes on by a slope,
 * and the season on top.
 *
 * @param size how many steps there were
 * @param longRun slope over all of them, for each step
 * @param slope by which it goes on, for each step
 * @param perDay steps of a day
 */
record Outlook(int size, double longRun, Slope slope, Residuals residuals, int perDay) {
    /** Steps that tell how far the present is off: a day of hours, a week of days. */
    private int present() {
        return perDay == 1 ? 7 : perDay;
    }

    /** What so many steps after the last is expected, were the slope this one. */
    private double expected(int ahead, double perStep) {
        double[] season = residuals.season();
        int last = size - 1;
        return longRun * last + residuals.recent(present()) + season[(last + ahead) % season.length] + perStep * ahead;
    }

    /** How wrong the level of now may be. */
    private double levelError() {
        return 1.96 * 1.2533 * residuals.spread() * Math.sqrt(residuals.inflation() / present());
    }

    /** Steps until the limit is reached. */
    OptionalInt reached(double limit, Direction direction, int horizon) {
        return first(horizon, ahead -> expected(ahead, slope.perStep()), limit, direction);
    }

    OptionalInt earliest(double limit, Direction direction, int horizon) {
        double away = direction == Direction.UP ? levelError() : -levelError();
        double steepest = direction == Direction.UP ? slope.high() : slope.low();
        return first(horizon, ahead -> expected(ahead, steepest) + away, limit, direction);
    }

    OptionalInt latest(double limit, Direction direction, int horizon) {
        double away = direction == Direction.UP ? levelError() : -levelError();
        double flattest = direction == Direction.UP ? slope.low() : slope.high();
        return first(horizon, ahead -> expected(ahead, flattest) - away, limit, direction);
    }

    /** What it is expected to be, from the last step on. */
    double[] expected(int steps) {
        double[] expected = new double[steps + 1];
        for (int ahead = 0; ahead <= steps; ahead++) {
            expected[ahead] = expected(ahead, slope.perStep());
        }
        return expected;
    }

    /** The worst within so many steps, from the last step on, by the flattest slope and the best level that may be. */
    double[] worst(Direction direction, int within, int steps) {
        double[] cautious = new double[steps + within + 1];
        for (int ahead = 0; ahead < cautious.length; ahead++) {
            cautious[ahead] = direction == Direction.UP
                    ? expected(ahead, slope.low()) - levelError()
                    : expected(ahead, slope.high()) + levelError();
        }
        double[] worst = new double[steps + 1];
        for (int from = 0; from <= steps; from++) {
            worst[from] = cautious[from];
            for (int ahead = from; ahead <= from + within; ahead++) {
                worst[from] = direction == Direction.UP
                        ? Math.max(worst[from], cautious[ahead])
                        : Math.min(worst[from], cautious[ahead]);
            }
        }
        return worst;
    }

    private static OptionalInt first(int horizon, IntToDoubleFunction value, double limit, Direction direction) {
        for (int ahead = 1; ahead <= horizon; ahead++) {
            if (direction.past(value.applyAsDouble(ahead), limit)) {
                return OptionalInt.of(ahead);
            }
        }
        return OptionalInt.empty();
    }
}
