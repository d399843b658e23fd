package io.peerscope.contracts.rule;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes what reads well and yet cannot work: limits that always hold, alerts that never end, hosts that cannot exist. */
final class RuleSense {
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final RuleFields fields;

    RuleSense(RuleFields fields) {
        this.fields = fields;
    }

    void judge(Rule rule) {
        String host = rule.where().get("host");
        if (host != null) {
            host(host);
        }
        range(rule.measure()).ifPresent(range -> limits(rule, range));
        new SummarySense(fields, rule).judge();
    }

    /** Other labels may be wanted empty: those that lack them are meant. Every subject has a host. */
    private void host(String wanted) {
        if (wanted.isEmpty()) {
            fields.fault(
                    "where.host",
                    ErrorCode.BAD_VALUE,
                    "no host has an empty name; leave it out to mean all of them, or name some: eu-* for example");
        } else if (!Grammar.isHost(wanted.replace('*', 'x'))) {
            fields.fault(
                    "where.host",
                    ErrorCode.BAD_VALUE,
                    "no host can be called so: names have letters, digits and . _ : - only; * stands for any text");
        }
    }

    /** What the value can be at all; null: no bound. */
    private record Range(
            String what, @Nullable Double min, @Nullable Double max) {
        @Nullable
        Double mildest(Comparison comparison) {
            return comparison.upward() ? min : max;
        }

        @Nullable
        Double worst(Comparison comparison) {
            return comparison.upward() ? max : min;
        }

        @Override
        public String toString() {
            return what
                    + (min == null
                            ? " is never above " + max
                            : max == null ? " is never below " + min : " is always from " + min + " to " + max);
        }
    }

    private static Optional<Range> range(Measure measure) {
        return switch (measure) {
            case Measure.Newest newest -> range(newest.metric());
            case Measure.Window window -> range(window.metric(), window.function());
            case Measure.Forecast forecast -> range(forecast.metric(), forecast.function());
            case Measure.Group group ->
                Optional.of(
                        switch (group.of()) {
                            case SHARE -> new Range("a share", 0.0, 1.0);
                            case COUNT -> new Range("a count", 0.0, null);
                        });
            case Measure.Ratio ratio -> Optional.empty();
            case Measure.Anomaly anomaly -> Optional.empty(); // its limits have a bound of their own
            case Measure.State state -> Optional.empty();
        };
    }

    private static Optional<Range> range(String metric, WindowFunction function) {
        return switch (function) {
            case AVG, MIN, MAX, LAST, P50, P95, P99 -> range(metric);
            case COUNT, CHANGES -> Optional.of(new Range(function.word() + " of " + metric, 0.0, null));
            case RATE, INCREASE ->
                CATALOGUE.type(metric) == FieldType.COUNTER
                        ? Optional.of(new Range(function.word() + " of " + metric, 0.0, null))
                        : Optional.empty();
            case SUM ->
                range(metric)
                        .filter(known -> known.min() != null && known.min() >= 0)
                        .map(known -> new Range("sum of " + metric, 0.0, null));
            case ABSENT -> Optional.empty(); // said where it is read
        };
    }

    private static Optional<Range> range(String metric) {
        return CATALOGUE
                .find(metric)
                .filter(RuleSense::bounded)
                .map(known -> new Range(known.name(), known.min(), known.max()));
    }

    private static boolean bounded(MetricDefinition known) {
        return known.min() != null || known.max() != null;
    }

    private void limits(Rule rule, Range range) {
        Comparison comparison = rule.comparison();
        Double mildest = range.mildest(comparison);
        Double worst = range.worst(comparison);
        rule.limits().forEach((severity, limit) -> {
            if (mildest != null && comparison.holds(mildest, limit)) {
                String wayOut = "holds, and the alert never ends; choose a limit that good values keep";
                fault(severity.word(), range, comparison, limit, wayOut);
            } else if (worst != null && !comparison.holds(worst, limit)) {
                String wayOut = "fails, and this can never fire; choose a limit that bad values break";
                fault(severity.word(), range, comparison, limit, wayOut);
            }
        });
        rule.clear().forEach((severity, limit) -> {
            if (mildest != null && comparison.holds(mildest, limit)) {
                String wayOut = "holds, and the alert never ends; choose a value that good values come back to";
                fault("clear." + severity.word(), range, comparison, limit, wayOut);
            }
        });
    }

    private void fault(String field, Range range, Comparison comparison, double limit, String wayOut) {
        fields.fault(
                field,
                ErrorCode.BAD_PARAMETER,
                "%s, so %s %s always %s".formatted(range, comparison.sign(), limit, wayOut));
    }
}
