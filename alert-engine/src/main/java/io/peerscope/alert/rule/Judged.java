package io.peerscope.alert.rule;

import io.peerscope.contracts.alert.Detection;
import io.peerscope.contracts.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a value.
 *
 * @param value of the field; NaN where it is not known
 * @param finding of a rule that detects; null of others
 * @param at event time of the value
 */
public record Judged(
        Severity severity, double value, @Nullable Finding finding, long at) {

    /** Null of a rule that does not detect. */
    public @Nullable Detection detection(Terms terms) {
        return finding == null ? null : finding.detection(terms, severity, at);
    }

    /** The value of the field at which the severity begins. */
    public @Nullable Double threshold(Terms terms) {
        return finding == null ? terms.threshold(severity) : finding.threshold(terms, severity);
    }

    String valueText() {
        return finding == null ? Numbers.text(value) : finding.number(value);
    }

    String thresholdText(Terms terms) {
        Double threshold = threshold(terms);
        if (threshold == null) {
            return "?";
        }
        return finding != null && terms.countsStrays() ? finding.number(threshold) : Numbers.text(threshold);
    }

    String expectedText(Terms terms) {
        Detection detection = detection(terms);
        if (finding == null || detection == null) {
            return "?";
        }
        return detection.low() == null && detection.high() == null
                ? finding.number(detection.expected())
                : finding.band(detection.low(), detection.high());
    }

    String explanationText(Terms terms) {
        Detection detection = detection(terms);
        return detection == null ? "?" : detection.explanation();
    }
}
