package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.problem.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a rule document that says what is detected: {@code detect}, and what goes with it. */
final class DetectDocument {
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();
    private static final String ANOMALY = "anomaly";
    private static final String FORECAST = "forecast";
    private static final List<String> OF_ANOMALY = List.of("season", "direction", "margin");
    private static final List<String> OF_FORECAST = List.of("within");

    private static final Duration OVER = Duration.ofMinutes(5);
    private static final Duration SHORTEST_OVER = Duration.ofMinutes(1);
    private static final Duration LONGEST_OVER = Duration.ofHours(1);
    private static final Duration SHORTEST_WITHIN = Duration.ofHours(1);
    private static final Duration LONGEST_WITHIN = Duration.ofDays(30);
    /** A normal distribution is beyond it once in 370 values, which is every day. */
    private static final double LEAST_LIMIT = 3;

    private final RuleFields fields;

    DetectDocument(RuleFields fields) {
        this.fields = fields;
    }

    static void write(Measure.Detect detect, ObjectNode rule) {
        rule.put("metric", detect.metric());
        switch (detect) {
            case Measure.Anomaly anomaly -> {
                rule.put("detect", ANOMALY);
                rule.put("season", anomaly.season().word());
                rule.put("direction", anomaly.side().word());
                rule.put("margin", anomaly.margin());
            }
            case Measure.Forecast forecast -> {
                rule.put("detect", FORECAST);
                rule.put("within", Spans.text(forecast.within()));
            }
        }
        rule.put("over", Spans.text(detect.over()));
        rule.put("aggregate", detect.function().word());
    }

    /** Of a rule that does not detect. */
    static void none(RuleFields fields) {
        without(fields, OF_ANOMALY, "detect: anomaly");
        without(fields, OF_FORECAST, "detect: forecast");
    }

    /** Notes limits by which the usual would be an alert. */
    static void limits(RuleFields fields, Map<Severity, Double> limits) {
        if (fields.given("operator")) {
            fields.fault("operator", ErrorCode.BAD_PARAMETER, "an anomaly has none; say direction: up, down or both");
        }
        limits.forEach((severity, limit) -> {
            if (limit < LEAST_LIMIT) {
                fields.fault(
                        severity.word(),
                        ErrorCode.BAD_PARAMETER,
                        "counts how many times its usual stray a value strays; less than 3 happens every day."
                                + " 5 is a good beginning");
            }
        });
    }

    Measure read(String metric) {
        if (fields.given("ratio")) {
            fields.fault("ratio", ErrorCode.BAD_PARAMETER, "a past is kept of fields, not of ratios; name a metric");
        }
        String detect = fields.word("detect", "", DetectDocument::known, ANOMALY + ", " + FORECAST);
        WindowFunction function = function(metric);
        Duration over = over();
        if (detect.isEmpty()) {
            return new Measure.Newest(metric);
        }
        if (detect.equals(FORECAST)) {
            without(fields, OF_ANOMALY, "detect: anomaly");
            return new Measure.Forecast(metric, function, over, within());
        }
        without(fields, OF_FORECAST, "detect: forecast");
        return new Measure.Anomaly(
                metric,
                function,
                over,
                fields.word("season", Measure.Season.WEEK, Measure.Season::of, "day, week"),
                fields.word("direction", Measure.Side.BOTH, Measure.Side::of, "up, down, both"),
                margin());
    }

    private static Optional<String> known(String word) {
        return List.of(ANOMALY, FORECAST).contains(word) ? Optional.of(word) : Optional.empty();
    }

    private WindowFunction function(String metric) {
        boolean counter = CATALOGUE.type(metric) == FieldType.COUNTER;
        WindowFunction function = fields.word(
                "aggregate", counter ? WindowFunction.RATE : WindowFunction.AVG, WindowFunction::of, "avg, rate");
        if (function != WindowFunction.AVG && function != WindowFunction.RATE) {
            fields.fault(
                    "aggregate",
                    ErrorCode.BAD_PARAMETER,
                    "avg or rate: only of these is what %s says the same for minutes and for the hours of the past"
                            .formatted(function.word()));
        } else if (counter && function == WindowFunction.AVG) {
            fields.fault("aggregate", ErrorCode.BAD_PARAMETER, metric + " only grows; its rate says more");
        }
        return function;
    }

    private Duration over() {
        Duration over = fields.given("over") ? fields.span("over", LONGEST_OVER) : OVER;
        if (!over.isZero()
                && (over.compareTo(SHORTEST_OVER) < 0
                        || over.toSeconds() % 60 != 0
                        || LONGEST_OVER.toSeconds() % over.toSeconds() != 0)) {
            fields.fault(
                    "over",
                    ErrorCode.BAD_PARAMETER,
                    "whole minutes that an hour is made of: 1m, 5m, 10m, 15m, 30m, 1h");
        }
        return over;
    }

    private Duration within() {
        if (!fields.given("within")) {
            fields.fault(
                    "within", ErrorCode.MISSING_FIELD, "is needed: how far ahead is it worth knowing? for example 48h");
            return LONGEST_WITHIN;
        }
        Duration within = fields.span("within", LONGEST_WITHIN);
        if (!within.isZero() && within.compareTo(SHORTEST_WITHIN) < 0) {
            fields.fault("within", ErrorCode.BAD_PARAMETER, "at least 1h: trends are those of hours");
        }
        return within;
    }

    private double margin() {
        double margin = fields.number("margin", 0);
        if (margin < 0) {
            fields.fault("margin", ErrorCode.BAD_VALUE, "0 or more, in the unit of the metric");
        }
        return margin;
    }

    private static void without(RuleFields fields, List<String> names, String owner) {
        for (String name : names) {
            if (fields.given(name)) {
                fields.fault(name, ErrorCode.BAD_PARAMETER, "goes with " + owner + " only");
            }
        }
    }
}
