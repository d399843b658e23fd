package io.peerscope.query.rule;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.rule.Rule;

/** Summaries in the template language of Prometheus. */
final class PrometheusText {
    private PrometheusText() {}

    static String summary(Rule rule, Severity severity, double limit) {
        StringBuilder text = new StringBuilder();
        String summary = rule.summary();
        int from = 0;
        int open;
        while ((open = summary.indexOf("{{", from)) >= 0) {
            int close = summary.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            text.append(literal(summary.substring(from, open)));
            text.append(word(summary.substring(open + 2, close).strip(), rule, severity, limit));
            from = close + 2;
        }
        return text.append(literal(summary.substring(from))).toString();
    }

    private static String word(String name, Rule rule, Severity severity, double limit) {
        return switch (name) {
            case "value" -> "{{ $value }}";
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
