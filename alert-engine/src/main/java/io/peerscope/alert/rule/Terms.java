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
import java.util.Optional;
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
    private final String input;

    /** Null: it judges each subject by itself. */
    private final Measure.@Nullable Group group;

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
        this.input = input(rule);
        this.group = rule.measure() instanceof Measure.Group of ? of : null;
    }

    /** No field's name has a control character, so none is taken for a state or a group. */
    private static String input(Rule rule) {
        return switch (rule.measure()) {
            case Measure.Newest newest -> newest.metric();
            case Measure.Window window -> window.metric();
            case Measure.Ratio ratio -> ratio.metric();
            case Measure.Detect detect -> detect.metric();
            case Measure.State state -> "\tstate " + state.metric();
            case Measure.Group of -> "\tgroup " + rule.id();
        };
    }

    public static Terms of(Rule rule) {
        return new Terms(rule);
    }

    public Rule rule() {
        return rule;
    }

    /** The name under which a subject keeps when what this rule judges was last said. */
    public String input() {
        return input;
    }

    /** All such names that it reads. */
    List<String> inputs() {
        List<String> metrics = rule.measure().metrics();
        return metrics.contains(input) ? metrics : List.of(input);
    }

    /** What it counts; null: it judges each subject by itself. */
    public Measure.@Nullable Group group() {
        return group;
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
            case Measure.State state -> false;
            case Measure.Group of -> false;
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

    /** Whether its alerts may be about this. */
    public boolean covers(Subject subject) {
        if (group == null) {
            return !subject.host().equals(Measure.Group.ANY_HOST) && takes(subject);
        }
        return rule.kind().equals(subject.kind())
                && subject.host().equals(Measure.Group.ANY_HOST) != group.onOneHost()
                && group.by().containsAll(subject.labels().asMap().keySet());
    }

    /** Whether it looks at what this subject sends. */
    boolean takes(Subject subject) {
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

    /** What a word is worth to a rule that judges words. */
    public double rank(String word) {
        return rule.measure() instanceof Measure.State state ? state.rank(word) : Double.NaN;
    }

    /** The value as a number to show; null where there is none. */
    public @Nullable Double shown(double value) {
        return Double.isNaN(value) || rule.measure() instanceof Measure.State ? null : (Double) value;
    }

    /** The limit as a number to show; null where it is none. */
    public @Nullable Double threshold(Severity severity) {
        return rule.measure() instanceof Measure.State ? null : limit(severity);
    }

    /** The value in words; empty where it is a number. */
    Optional<String> word(double value) {
        return rule.measure() instanceof Measure.State state && !Double.isNaN(value)
                ? Optional.of(state.word(value))
                : Optional.empty();
    }

    public String summary(String host, Map<String, String> labels, Judged judged) {
        return summary.fill(this, host, labels, judged);
    }

    /** A summary of a subject that sends nothing since the value that is judged. */
    public String silence(String host, Map<String, String> labels, Judged judged) {
        return summary.silence(this, host, labels, judged);
    }

    /** @param back whether it is over because something was sent */
    public String silenceEnding(String text, boolean back) {
        return text + (back ? "; data is back" : "; resolved");
    }

    /**
     * A summary of what is over.
     *
     * @param told the value that it speaks of
     * @param last the newest value; NaN where it is not known
     * @param judged what was made of it
     * @param lasted milliseconds
     */
    public String ending(String text, double told, double last, double judged, long lasted) {
        boolean back = last != told && !breaksAny(judged) && !(rule.measure() instanceof Measure.State);
        return summary.ending(text, back ? last : Double.NaN, lasted);
    }

    @Override
    public String toString() {
        return rule.id() + " v" + rule.version();
    }
}
