package io.peerscope.contracts.detect;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one series is expected to be for some hours, in terms of one rule; a record of {@code alerts.expectations}, keyed
 * by host. Which of several holds is decided by event time, never by when it came: so live and in a what-if the same one
 * does.
 *
 * @param basis {@link #basis(Rule)} of the rule that it was made for; it says nothing to a rule that asks something else
 * @param from event time from which it holds, instead of the one before
 * @param until event time from which it holds no more, whether another came or not
 * @param historyDays from the first value that it was made of
 */
public record Expectation(
        String ruleId,
        String basis,
        String host,
        AlertSubject subject,
        Instant from,
        Instant until,
        double historyDays,
        Course course) {
    private static final long HOUR = 3_600_000;

    /** Numbers hour by hour; between two, in proportion. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "detect")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Usual.class, name = "anomaly"),
        @JsonSubTypes.Type(value = Heading.class, name = "forecast")
    })
    public sealed interface Course {}

    /**
     * What it usually is; not a number at hours of which nothing is known.
     *
     * @param start time of the first number of each row, the middle of an hour
     * @param below one usual stray to the low side, greater than 0
     */
    @SuppressWarnings("ArrayRecordComponent") // rows of numbers, never compared
    public record Usual(Instant start, double[] middle, double[] below, double[] above) implements Course {
        public double middle(long at) {
            return at(start, middle, at);
        }

        public double below(long at) {
            return at(start, below, at);
        }

        public double above(long at) {
            return at(start, above, at);
        }
    }

    /**
     * Where it is heading.
     *
     * @param start time of the first number of each row, the middle of an hour
     * @param expected what it is by slope and season
     * @param worst the worst it will be within the rule's time, counted from that hour, taking the flattest slope that the
     *     data allow; empty where there is no clear trend towards the limits
     * @param slack a value that is better than expected by no more than this has not mended
     * @param crossings one for each limit of the rule
     */
    @SuppressWarnings("ArrayRecordComponent") // rows of numbers, never compared
    public record Heading(
            Instant start, double[] expected, double[] worst, double slack, double perHour, List<Crossing> crossings)
            implements Course {
        public double expected(long at) {
            return at(start, expected, at);
        }

        public double worst(long at) {
            return at(start, worst, at);
        }
    }

    /** When a limit is reached; null: not as far as one can look. */
    public record Crossing(
            double limit,
            @Nullable Instant at,
            @Nullable Instant earliest,
            @Nullable Instant latest) {}

    public Subject on() {
        return subject.on(host);
    }

    public boolean holds(long at) {
        return at >= from.toEpochMilli() && at < until.toEpochMilli();
    }

    /** Everything in a rule that an expectation depends on, besides which series there are. */
    public static String basis(Rule rule) {
        return switch (rule.measure()) {
            case Measure.Anomaly anomaly ->
                "anomaly %s %s %s %s"
                        .formatted(
                                anomaly.metric(),
                                anomaly.function().word(),
                                anomaly.over(),
                                anomaly.season().word());
            case Measure.Forecast forecast ->
                "forecast %s %s %s %s %s"
                        .formatted(
                                forecast.metric(),
                                forecast.function().word(),
                                forecast.within(),
                                rule.comparison().upward() ? "up" : "down",
                                rule.limits());
            case Measure.Newest newest -> "";
            case Measure.Window window -> "";
            case Measure.Ratio ratio -> "";
            case Measure.State state -> "";
            case Measure.Group group -> "";
        };
    }

    private static double at(Instant start, double[] hours, long time) {
        long since = time - start.toEpochMilli();
        int before = (int) Math.floorDiv(since, HOUR);
        if (before < 0 || before >= hours.length) {
            return Double.NaN;
        }
        double share = (double) Math.floorMod(since, HOUR) / HOUR;
        return share == 0
                ? hours[before]
                : before + 1 == hours.length ? Double.NaN : hours[before] + share * (hours[before + 1] - hours[before]);
    }
}
