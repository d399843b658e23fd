package io.peerscope.query.trend;

import io.peerscope.contracts.detect.Expectation;
import io.peerscope.query.trend.Trend.Unknown;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a series usually is, hour by hour, and how far it usually strays: its place in the season, its clear trend, and
 * how the last day differs from both. How far it strays is measured on hours that the expectation did not know, each by
 * all the others.
 */
public final class UsualCourse {
    /** That tell how far the present is off; what lasts for more than half of them is the new usual. */
    private static final int PRESENT = 24;
    /** A place of the season that was seen less often is not known. */
    private static final int LEAST = 2;
    /** Values of one hour of the day that count as much as the whole: those of two weeks. */
    private static final int TRUST = 14;
    /** Of what is usual: nothing is steadier than this, or it could never change. */
    private static final double STEADIEST = 0.01;

    private final @Nullable Unknown reason;
    private final Steps steps;
    private final int period;
    private final double perStep;
    private final double @Nullable [] season;
    private final Strays strays;
    private final double recent;

    /**
     * @param hours end with the newest hour that is over
     * @param seasonDays 1 or 7
     * @param within how values stray within hours
     * @param least the least that may count as one usual stray; 0 where nothing is known
     */
    public UsualCourse(Steps hours, int seasonDays, Strays within, double least) {
        this.steps = hours.fromFirstValue();
        this.period = seasonDays * steps.perDay();
        this.reason = steps.hindrance(shortestDays(seasonDays)).orElse(null);
        if (reason != null) {
            this.perStep = 0;
            this.season = null;
            this.strays = Strays.NONE;
            this.recent = 0;
            return;
        }
        double[] values = LevelShifts.of(steps.values(), period, steps.perDay()).values();
        Slope slope = Slope.of(values, period);
        this.perStep = slope.low() > 0 || slope.high() < 0 ? slope.perStep() : 0;
        Residuals residuals = Residuals.of(values, period, perStep);
        this.season = seen(values, residuals.season());
        this.recent = residuals.recent(PRESENT);
        double usual = Median.of(Arrays.stream(values).map(Math::abs).toArray());
        this.strays = Strays.of(new Steps(steps.start(), steps.step(), heldOut(values, residuals)), TRUST)
                .and(within, Math.max(least, STEADIEST * usual));
    }

    /** Two weeks before anything is said of a week, three days before anything is said of a day. */
    public static double shortestDays(int seasonDays) {
        return seasonDays == 1 ? 3 : 2 * seasonDays;
    }

    /** Why nothing can be said. */
    public Optional<Unknown> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether it never moved, so that nobody knows what a move would mean. */
    public boolean motionless() {
        return Arrays.stream(strays.above()).max().orElse(0) == 0
                || Arrays.stream(strays.below()).max().orElse(0) == 0;
    }

    public double days() {
        return steps.days();
    }

    /** From the last hour on. */
    public Expectation.Usual next(int hours) {
        double[] middle = new double[hours + 1];
        double[] below = new double[hours + 1];
        double[] above = new double[hours + 1];
        int last = steps.size() - 1;
        for (int ahead = 0; ahead <= hours; ahead++) {
            int hour = steps.hourOfDay(last + ahead);
            middle[ahead] =
                    season == null ? Double.NaN : perStep * (last + ahead) + recent + season[(last + ahead) % period];
            below[ahead] = strays.below()[hour];
            above[ahead] = strays.above()[hour];
        }
        return new Expectation.Usual(Instant.ofEpochMilli(steps.time(last) + steps.step() / 2), middle, below, above);
    }

    private double[] seen(double[] values, double[] all) {
        int[] count = new int[period];
        for (int at = 0; at < values.length; at++) {
            count[at % period] += Double.isNaN(values[at]) ? 0 : 1;
        }
        double[] seen = all.clone();
        for (int place = 0; place < period; place++) {
            seen[place] = count[place] < LEAST ? Double.NaN : seen[place];
        }
        return seen;
    }

    /** By how much each hour would have been missed, had it been expected from all other seasons and the day before. */
    private double[] heldOut(double[] values, Residuals residuals) {
        double[] missed = new double[values.length];
        double[] left = residuals.left();
        for (int at = 0; at < missed.length; at++) {
            double[] others = new double[(values.length - at % period + period - 1) / period];
            Arrays.fill(others, Double.NaN);
            for (int n = 0; n < others.length; n++) {
                int other = at % period + n * period;
                others[n] = other == at ? Double.NaN : values[other] - perStep * other;
            }
            double before = Median.of(Arrays.copyOfRange(left, Math.max(0, at - PRESENT), at));
            missed[at] = values[at] - perStep * at - Median.of(others) - (Double.isNaN(before) ? 0 : before);
        }
        return missed;
    }
}
