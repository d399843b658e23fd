package io.peerscope.alert.rule;

import io.peerscope.contracts.alert.Detection;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.detect.Expectation.Crossing;
import io.peerscope.contracts.rule.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule that detects saw beside what was expected.
 *
 * @param value of the field, where what is judged is something made of it
 * @param below one usual stray to the low side; of a forecast, on both sides, what counts for nothing
 * @param perHour growth of what is expected; null: nothing is said of it
 * @param crossings when limits are reached; none of an anomaly
 */
public record Finding(
        double value,
        double expected,
        double below,
        double above,
        @Nullable Double perHour,
        double historyDays,
        List<Crossing> crossings) {
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();
    private static final double HOUR = 3_600_000;
    /** Milliseconds; who is so far from a limit, by one wild value perhaps, does not come to it. */
    private static final long NEVER = Duration.ofDays(36_500).toMillis();

    /**
     * By how much a forecast is better than it was made, as the value has mended since: 0, or to the good side.
     *
     * @param slack what counts for nothing
     */
    public static double mended(double value, double expected, double slack, boolean upward) {
        return upward ? Math.min(0, value - expected + slack) : Math.max(0, value - expected - slack);
    }

    Detection detection(Terms terms, Severity severity, long at) {
        return switch (terms.rule().measure()) {
            case Measure.Anomaly anomaly -> anomaly(terms, anomaly);
            case Measure.Forecast forecast -> forecast(terms, forecast, severity, at);
            case Measure.Newest other -> throw undetected(terms);
            case Measure.Window other -> throw undetected(terms);
            case Measure.Ratio other -> throw undetected(terms);
            case Measure.State other -> throw undetected(terms);
            case Measure.Group other -> throw undetected(terms);
        };
    }

    /** The value at which this severity begins. */
    @Nullable
    Double threshold(Terms terms, Severity severity) {
        Double limit = terms.limit(severity);
        if (limit == null || !(terms.rule().measure() instanceof Measure.Anomaly anomaly)) {
            return limit;
        }
        return value < expected ? low(anomaly, limit) : high(anomaly, limit);
    }

    /** As exact as the series is steady. */
    String number(double number) {
        return Numbers.text(number, Math.max(below, above));
    }

    private Detection anomaly(Terms terms, Measure.Anomaly anomaly) {
        double mildest = terms.rule().limits().firstEntry().getValue();
        Double low = anomaly.side() == Measure.Side.UP ? null : (Double) low(anomaly, mildest);
        Double high = anomaly.side() == Measure.Side.DOWN ? null : (Double) high(anomaly, mildest);
        return new Detection(
                "anomaly",
                expected,
                low,
                high,
                value < expected ? (value - expected) / below : (value - expected) / above,
                null,
                null,
                null,
                null,
                historyDays,
                "expected " + band(low, high) + ", got " + number(value));
    }

    /** {@code 40 to 55}, {@code up to 55} or {@code 40 or more}. */
    String band(@Nullable Double low, @Nullable Double high) {
        if (low == null) {
            return "up to " + number(high == null ? expected : high);
        }
        return high == null ? number(low) + " or more" : number(low) + " to " + number(high);
    }

    private double low(Measure.Anomaly anomaly, double limit) {
        double low = expected - Math.max(limit * below, anomaly.margin());
        return CATALOGUE
                .find(anomaly.metric())
                .map(known -> known.min() == null ? low : Math.max(low, known.min()))
                .orElse(low);
    }

    private double high(Measure.Anomaly anomaly, double limit) {
        double high = expected + Math.max(limit * above, anomaly.margin());
        return CATALOGUE
                .find(anomaly.metric())
                .map(known -> known.max() == null ? high : Math.min(high, known.max()))
                .orElse(high);
    }

    private Detection forecast(Terms terms, Measure.Forecast forecast, Severity severity, long at) {
        Double limit = terms.limit(severity);
        double goal = limit == null ? Double.NaN : limit;
        boolean reached = terms.rule().comparison().holds(value, goal);
        Crossing crossing = crossings.stream()
                .filter(each -> each.limit() == goal)
                .findFirst()
                .orElse(new Crossing(goal, null, null, null));
        double growth = perHour == null ? 0 : perHour;
        double mended = mended(value, expected, below, terms.rule().comparison().upward());
        long later = growth == 0 ? 0 : Math.round(Math.abs(mended / growth) * HOUR);
        Instant reachesAt = reached ? null : later(crossing.at(), later);
        String goalText = Numbers.text(goal, Math.abs(goal) / 1000);
        String explanation = reached
                ? "has reached " + goalText
                : reachesAt == null
                        ? "does not reach " + goalText + " in "
                                + Numbers.time(forecast.within().toMillis())
                        : "reaches " + goalText + " in " + Numbers.time(reachesAt.toEpochMilli() - at) + " at "
                                + Numbers.signed(growth) + " an hour";
        return new Detection(
                "forecast",
                expected,
                null,
                null,
                null,
                reachesAt,
                reached ? null : later(crossing.earliest(), later),
                reached ? null : later(crossing.latest(), later),
                growth,
                historyDays,
                explanation);
    }

    private static @Nullable Instant later(@Nullable Instant at, long millis) {
        return at == null || millis > NEVER ? null : at.plusMillis(millis);
    }

    private static IllegalStateException undetected(Terms terms) {
        return new IllegalStateException(terms + " detects nothing");
    }
}
