package io.peerscope.query.rule;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.rule.Condition;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.WindowFunction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a rule measures, in PromQL. */
final class Expression {
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private Expression() {}

    /** Empty where PromQL cannot say it. */
    static Optional<String> of(Measure measure, String kind, Map<String, String> where) {
        String labels = selector(kind, where);
        return switch (measure) {
            case Measure.Newest newest -> Optional.of(name(newest.metric()) + labels);
            case Measure.Window window -> window(window.function(), window.metric(), labels, window.over());
            case Measure.Ratio ratio ->
                window(ratio.function(), ratio.metric(), labels, ratio.over())
                        .flatMap(of -> window(ratio.function(), ratio.to(), labels, ratio.over())
                                .map(to -> of + " / (" + to + " != 0)"));
            case Measure.Detect detect -> Optional.empty();
            case Measure.State state -> Optional.empty();
            case Measure.Group group -> group(group, labels);
        };
    }

    /** What must hold beside; empty: nothing. */
    static String beside(Measure measure, String kind, Map<String, String> where) {
        return measure instanceof Measure.Group group && group.minSubjects() > 1
                ? " and count%s(%s) >= %d"
                        .formatted(by(group), name(group.when().of()) + selector(kind, where), group.minSubjects())
                : "";
    }

    private static Optional<String> group(Measure.Group group, String labels) {
        if (!(group.when() instanceof Condition.Number number)) {
            return Optional.empty();
        }
        String function =
                switch (group.of()) {
                    case SHARE -> "avg";
                    case COUNT -> "sum";
                };
        return Optional.of("%s%s(%s%s %s bool %s)"
                .formatted(
                        function,
                        by(group),
                        name(number.of()),
                        labels,
                        number.comparison().sign(),
                        number(number.limit())));
    }

    private static String by(Measure.Group group) {
        return group.by().isEmpty()
                ? ""
                : group.by().stream().map(Expression::labelName).collect(Collectors.joining(", ", " by (", ") "));
    }

    private static Optional<String> window(WindowFunction function, String metric, String labels, Duration over) {
        String series = name(metric) + labels;
        if (over.isZero()) {
            return Optional.of(series);
        }
        long seconds = over.toSeconds();
        String range = series + "[" + seconds + "s]";
        boolean gauge = CATALOGUE.type(metric) == FieldType.GAUGE;
        return switch (function) {
            case AVG -> Optional.of("avg_over_time(" + range + ")");
            case MIN -> Optional.of("min_over_time(" + range + ")");
            case MAX -> Optional.of("max_over_time(" + range + ")");
            case SUM -> Optional.of("sum_over_time(" + range + ")");
            case COUNT -> Optional.of("count_over_time(" + range + ")");
            case LAST -> Optional.of("last_over_time(" + range + ")");
            case CHANGES -> Optional.of("changes(" + range + ")");
            case RATE -> Optional.of(gauge ? "delta(" + range + ") / " + seconds : "rate(" + range + ")");
            case INCREASE -> Optional.of((gauge ? "delta(" : "increase(") + range + ")");
            case P50 -> Optional.of("quantile_over_time(0.5, " + range + ")");
            case P95 -> Optional.of("quantile_over_time(0.95, " + range + ")");
            case P99 -> Optional.of("quantile_over_time(0.99, " + range + ")");
            case ABSENT -> Optional.empty();
        };
    }

    private static String selector(String kind, Map<String, String> where) {
        Map<String, String> matchers = new TreeMap<>();
        matchers.put("kind", "=" + text(kind));
        where.forEach((label, wanted) -> matchers.put(
                labelName(label), wanted.contains("*") ? "=~" + text(pattern(wanted)) : "=" + text(wanted)));
        return matchers.entrySet().stream()
                .map(matcher -> matcher.getKey() + matcher.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String pattern(String glob) {
        return glob.chars()
                .mapToObj(c -> c == '*' ? ".*" : ".+?()[]{}|^$\\".indexOf(c) >= 0 ? "\\" + (char) c : "" + (char) c)
                .collect(Collectors.joining());
    }

    private static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String name(String field) {
        return "peerscope_" + field.replaceAll("[^A-Za-z0-9_:]", "_");
    }

    static String labelName(String label) {
        String name = label.replaceAll("[^A-Za-z0-9_]", "_");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
