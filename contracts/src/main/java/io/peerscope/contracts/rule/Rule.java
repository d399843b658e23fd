package io.peerscope.contracts.rule;

import io.peerscope.contracts.alert.Severity;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;

/**
 * When to raise an alert: a field held against limits for some time. Value of {@code alerts.rules}; written and read by
 * {@link RuleDocument}.
 *
 * @param version raised by each change, from 1
 * @param measure what is held against the limits
 * @param kind kind of the subjects that are judged
 * @param where label matchers; the host itself can be matched as {@code host}
 * @param limits at least one, by severity
 * @param duration how long the limit must be broken before the alert fires; zero: at once
 * @param clear limits that end an alert of that severity, where they differ from those that start it
 * @param keepFiringFor how long an alert goes on firing after its condition ended
 * @param noDataAfter how long a subject may be silent before {@code noData} applies
 * @param flapping when its alerts come and go too often to be told one by one
 * @param summary text with {@code {{host}}}, {@code {{value}}}, {@code {{threshold}}}, {@code {{severity}}} and
 *     {@code {{<label>}}}
 */
public record Rule(
        String id,
        long version,
        Measure measure,
        String kind,
        Map<String, String> where,
        Comparison comparison,
        NavigableMap<Severity, Double> limits,
        Duration duration,
        Map<Severity, Double> clear,
        Duration keepFiringFor,
        NoData noData,
        Duration noDataAfter,
        Flapping flapping,
        Map<String, String> labels,
        String summary,
        boolean enabled) {

    /** The field that its alerts name. */
    public String metric() {
        return measure.metric();
    }

    public Rule withVersion(long newVersion) {
        return copy(newVersion, enabled);
    }

    /** As if it were switched on. */
    public Rule asEnabled() {
        return copy(version, true);
    }

    private Rule copy(long newVersion, boolean newEnabled) {
        return new Rule(
                id,
                newVersion,
                measure,
                kind,
                where,
                comparison,
                limits,
                duration,
                clear,
                keepFiringFor,
                noData,
                noDataAfter,
                flapping,
                labels,
                summary,
                newEnabled);
    }
}
