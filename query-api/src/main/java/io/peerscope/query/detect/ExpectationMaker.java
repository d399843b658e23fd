package io.peerscope.query.detect;

import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.query.trend.Analysis;
import io.peerscope.query.trend.Direction;
import io.peerscope.query.trend.Steps;
import io.peerscope.query.trend.Strays;
import io.peerscope.query.trend.Trend.Unknown;
import io.peerscope.query.trend.UsualCourse;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes expectations of what is stored. What comes out depends on the hour it is made for and on the past alone, so a
 * what-if makes the same as was made live. Not thread-safe.
 */
public final class ExpectationMaker {
    /** That hours tell the season and the trend. */
    private static final Duration HISTORY = Duration.ofDays(28);
    /** That short steps tell how values stray within hours, up to the last midnight. */
    private static final Duration FINE = Duration.ofDays(6);

    private static final Duration FINE_AT_LEAST = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** By then the newest expectations are everywhere; until then those of the hour before hold. */
    private static final Duration LEAD = Duration.ofMinutes(15);
    /** For how long expectations hold when no others come. */
    private static final int HOURS_AHEAD = 24;
    /** Nothing that is measured on a scale is steadier than this part of it. */
    private static final double STEADIEST = 0.005;

    private static final String PERCENT = "percent";

    private static final int AT_ONCE = 100;

    private static final MathContext DIGITS = new MathContext(6);

    private final SeriesPast past;
    private final MetricCatalogue catalogue;
    private final Map<Fine, Strays> strays = new HashMap<>();

    /** What strays within hours is looked up once a day. */
    private record Fine(Instant midnight, String metric, Duration over, Subject subject) {}

    public ExpectationMaker(SeriesPast past, MetricCatalogue catalogue) {
        this.past = past;
        this.catalogue = catalogue;
    }

    /** As many at a time as can be read at once. */
    public static List<List<Subject>> parts(List<Subject> subjects) {
        List<List<Subject>> parts = new ArrayList<>();
        for (int from = 0; from < subjects.size(); from += AT_ONCE) {
            parts.add(subjects.subList(from, Math.min(subjects.size(), from + AT_ONCE)));
        }
        return parts;
    }

    /**
     * @param rule one that detects
     * @param subjects those that it covers; hundreds, not thousands, as the past of all of them is read at once
     * @param hour everything before it is known
     */
    public List<Made> make(Rule rule, Measure.Detect measure, Collection<Subject> subjects, Instant hour) {
        Duration back = shorter(HISTORY, past.kept().hours().minus(HOUR));
        Map<Subject, Steps> hours = past.read(measure, subjects, hour.minus(back), hour, HOUR);
        return switch (measure) {
            case Measure.Anomaly anomaly -> {
                Map<Subject, Strays> within = within(anomaly, subjects, hours, hour);
                yield subjects.stream()
                        .map(each -> anomaly(rule, anomaly, each, hours.get(each), within.get(each), hour))
                        .toList();
            }
            case Measure.Forecast forecast ->
                subjects.stream()
                        .map(each -> forecast(rule, forecast, each, hours.get(each), hour))
                        .toList();
        };
    }

    private Map<Subject, Strays> within(
            Measure.Anomaly anomaly, Collection<Subject> subjects, Map<Subject, Steps> hours, Instant hour) {
        Map<Subject, Strays> known = new HashMap<>();
        if (anomaly.over().equals(HOUR)) {
            subjects.forEach(subject -> known.put(subject, Strays.NONE));
            return known;
        }
        Instant midnight = hour.truncatedTo(ChronoUnit.DAYS);
        strays.keySet().removeIf(each -> each.midnight().isBefore(midnight.minus(FINE)));
        List<Subject> missing = new ArrayList<>();
        for (Subject subject : subjects) {
            Strays found = strays.get(new Fine(midnight, anomaly.metric(), anomaly.over(), subject));
            if (found == null) {
                missing.add(subject);
            } else {
                known.put(subject, found);
            }
        }
        Duration back = shorter(FINE, past.kept().minutes().minus(Duration.ofDays(1)));
        if (!missing.isEmpty() && back.compareTo(FINE_AT_LEAST) >= 0) {
            past.read(anomaly, missing, midnight.minus(back), midnight, anomaly.over())
                    .forEach((subject, fine) -> {
                        Steps course = hours.get(subject);
                        if (course != null) {
                            Strays found = Strays.within(course, fine);
                            known.put(subject, found);
                            strays.put(new Fine(midnight, anomaly.metric(), anomaly.over(), subject), found);
                        }
                    });
        }
        return known;
    }

    private Made anomaly(
            Rule rule,
            Measure.Anomaly anomaly,
            Subject subject,
            @Nullable Steps hours,
            @Nullable Strays within,
            Instant hour) {
        if (hours == null || within == null) {
            return new Made.Withheld(Made.Why.TOO_SHORT);
        }
        UsualCourse usual = new UsualCourse(hours, anomaly.season().days(), within, least(anomaly));
        if (usual.reason().isPresent()) {
            return new Made.Withheld(why(usual.reason().get()));
        }
        if (usual.motionless()) {
            return new Made.Withheld(Made.Why.MOTIONLESS);
        }
        Expectation.Usual next = usual.next(HOURS_AHEAD + 1);
        return known(
                rule,
                subject,
                hour,
                usual.days(),
                new Expectation.Usual(
                        next.start(), rounded(next.middle()), rounded(next.below()), rounded(next.above())));
    }

    private Made forecast(Rule rule, Measure.Forecast forecast, Subject subject, @Nullable Steps hours, Instant hour) {
        if (hours == null) {
            return new Made.Withheld(Made.Why.TOO_SHORT);
        }
        Analysis analysis = new Analysis(hours);
        Direction direction = rule.comparison().upward() ? Direction.UP : Direction.DOWN;
        return analysis.heading(
                        rule.limits().values(),
                        direction,
                        (int) forecast.within().toHours(),
                        HOURS_AHEAD + 1)
                .map(next -> known(
                        rule,
                        subject,
                        hour,
                        analysis.trend().days(),
                        new Expectation.Heading(
                                next.start(),
                                rounded(next.expected()),
                                rounded(next.worst()),
                                next.slack(),
                                next.perHour(),
                                next.crossings())))
                .orElseGet(() -> {
                    Unknown reason = analysis.trend().reason();
                    return new Made.Withheld(reason == null ? Made.Why.TOO_SHORT : why(reason));
                });
    }

    private static Made known(Rule rule, Subject subject, Instant hour, double days, Expectation.Course course) {
        return new Made.Known(new Expectation(
                rule.id(),
                Expectation.basis(rule),
                subject.host(),
                AlertSubject.of(subject),
                hour.plus(LEAD),
                hour.plus(Duration.ofHours(HOURS_AHEAD)),
                days,
                course));
    }

    /**
     * A move that could count as one usual stray: a part of the margin, or of the scale that the field is measured on. Only a
     * percentage has one; the sane range of others says what is nonsense, as ten minutes of latency are.
     */
    private double least(Measure.Anomaly anomaly) {
        double scale = catalogue
                .find(anomaly.metric())
                .filter(known ->
                        known.unit().equals(PERCENT) && anomaly.function().withinFieldsRange())
                .map(ExpectationMaker::span)
                .orElse(0.0);
        return Math.max(STEADIEST * scale, STEADIEST * anomaly.margin());
    }

    private static double span(MetricDefinition known) {
        return known.min() == null || known.max() == null ? 0 : known.max() - known.min();
    }

    private static Made.Why why(Unknown reason) {
        return switch (reason) {
            case TOO_SHORT -> Made.Why.TOO_SHORT;
            case TOO_MANY_GAPS -> Made.Why.TOO_MANY_GAPS;
            case STALE -> Made.Why.STALE;
            case TOO_NOISY -> Made.Why.TOO_NOISY;
            case NO_CLEAR_TREND -> Made.Why.NO_CLEAR_TREND;
        };
    }

    /** Six digits are more than anybody knows of the future. */
    private static double[] rounded(double[] values) {
        return Arrays.stream(values)
                .map(value -> Double.isFinite(value)
                        ? BigDecimal.valueOf(value).round(DIGITS).doubleValue()
                        : Double.NaN)
                .toArray();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
