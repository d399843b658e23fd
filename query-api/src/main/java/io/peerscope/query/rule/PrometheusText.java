package io.peerscope.query.rule;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.SummaryTemplate;

/** Summaries in the template language of Prometheus. */
final class PrometheusText {
    private PrometheusText() {}

    static String summary(Rule rule, Severity severity, double limit) {
        return SummaryTemplate.parse(rule.summary().replace("{{percent}} %", "{{percent}}"))
                .fill(PrometheusText::literal, name -> word(name, rule, severity, limit));
    }

    private static String word(String name, Rule rule, Severity severity, double limit) {
        return switch (name) {
            case "value" -> "{{ $value }}";
            case "percent" -> "{{ $value | humanizePercentage }}";
            case "threshold" -> Expression.number(limit);
            case "severity" -> severity.word();
            default ->
                rule.labels().containsKey(name)
                        ? literal(rule.labels().get(name))
                        : "{{ $labels." + Expression.labelName(name) + " }}";
        };
    }

    /** What looks like the beginning of a placeholder and is none. */
    static String literal(String text) {
        return text.replace("{{", "{{ \"{{\" }}");
    }
}
