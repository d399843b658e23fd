package io.peerscope.alert.rule;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Comparison;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.NoData;
import io.peerscope.contracts.rule.Rule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rule made ready for judging many samples. Immutable. Durations are milliseconds. */
public final class Terms {
    private final Rule rule;
    private final List<Severity> severities;
    private final double mildestLimit;
    private final Comparison comparison;
    private final long duration;
    private final long keepFiringFor;
    private final long noDataAfter;
    private final long over;
    private final List<Matcher> where;
    private final SummaryText summary;
    private final String basis;

    private Terms(Rule rule) {
        this.rule = rule;
        this.severities = List.copyOf(rule.limits().keySet());
        this.mildestLimit = rule.limits().firstEntry().getValue();
        this.comparison = rule.comparison();
        this.duration = rule.duration().toMillis();
        this.keepFiringFor = rule.keepFiringFor().toMillis();
        this.noDataAfter = rule.noDataAfter().toMillis();
        this.over = rule.measure().over().toMillis();
        this.where = rule.where().entrySet().stream()
                .map(e -> new Matcher(e.getKey(), e.getValue()))
                .toList();
        this.summary = SummaryText.parse(rule.summary());
        this.basis = Expectation.basis(rule);
    }

    public static Terms of(Rule rule) {
        return new Terms(rule);
    }

    public Rule rule() {
        return rule;
    }

    /** Those that have a limit, mildest first. */
    public List<Severity> severities() {
        return severities;
    }

    public Severity mildest() {
        return severities.getFirst();
    }

    public long duration() {
        return duration;
    }

    public long keepFiringFor() {
        return keepFiringFor;
    }

    public long noDataAfter() {
        return noDataAfter;
    }

    /** How far back the rule looks. */
    public long over() {
        return over;
    }

    /** Whether it needs more than the sample that has just come. */
    public boolean looksBack() {
        return switch (rule.measure()) {
            case Measure.Newest newest -> false;
            case Measure.Window window -> !window.isAbsence();
            case Measure.Ratio ratio -> true;
            case Measure.Detect detect -> true;
        };
    }

    /** What expectations must be made for to say something to this rule. */
    public String basis() {
        return basis;
    }

    /** Whether its limits are no values of the field but how far it strays. */
    boolean countsStrays() {
        return rule.measure() instanceof Measure.Anomaly;
    }

    /** Whether its value is about nothing being sent. */
    public boolean watchesAbsence() {
        return rule.measure().isAbsence();
    }

    /** Whether a subject that falls silent is an alert to it. */
    public boolean watchesSilence() {
        return rule.noData() == NoData.ALERT || watchesAbsence();
    }

    /** For how long nothing must be sent until it is one. */
    public long silentAfter() {
        return watchesAbsence() ? over : noDataAfter;
    }

    /** A worse severity never has an easier limit (RuleDocument sees to it), so the mildest limit decides. */
    public boolean breaksAny(double value) {
        return comparison.holds(value, mildestLimit);
    }

    /** False for a severity without a limit. */
    public boolean breaks(Severity severity, double value) {
        Double limit = rule.limits().get(severity);
        return limit != null && comparison.holds(value, limit);
    }

    /** Whether the value ends an alert of this severity: it no longer breaks the recovery limit, or the limit if none. */
    public boolean clears(Severity severity, double value) {
        Double limit = rule.clear().getOrDefault(severity, rule.limits().get(severity));
        return limit == null || !comparison.holds(value, limit);
    }

    public @Nullable Double limit(Severity severity) {
        return rule.limits().get(severity);
    }

    public boolean covers(Subject subject) {
        return rule.kind().equals(subject.kind()) && matches(subject);
    }

    boolean matches(Subject subject) {
        for (Matcher matcher : where) {
            if (!matcher.accepts(subject)) {
                return false;
            }
        }
        return true;
    }

    public String summary(String host, Map<String, String> labels, Judged judged) {
        return summary.fill(this, host, labels, judged);
    }

    /**
     * A summary of what is over.
     *
     * @param told the value that it speaks of
     * @param last the newest value; NaN where it is not known
     * @param judged what was made of it
     */
    public String ending(String text, double told, double last, double judged) {
        return summary.ending(text, last != told && !breaksAny(judged) ? last : Double.NaN);
    }

    @Override
    public String toString() {
        return rule.id() + " v" + rule.version();
    }
}
