package io.peerscope.query.rule;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.NoData;
import io.peerscope.contracts.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rule file for Prometheus and VictoriaMetrics: one alert for each severity, since they know none. What they cannot
 * say stands in the file as a comment, with the reason.
 */
public final class PrometheusRules {
    private static final String HEAD = """
            # Rules of Peerscope, for Prometheus 2.42 or later and VictoriaMetrics. A field is the metric peerscope_<field> with
            # the labels host, kind, and those of what it is measured of, such as peer. Each severity is an alert of its own; an
            # inhibition in Alertmanager, equal on alertname and host, keeps the milder one quiet beside the worse.
            groups:
              - name: peerscope
                rules:
            """;

    private static final String NO_SILENCE = "Prometheus does not know a subject that sends nothing any more";

    private PrometheusRules() {}

    public static String write(List<Rule> rules) {
        StringBuilder file = new StringBuilder(HEAD);
        boolean any = false;
        for (Rule rule : rules) {
            Optional<String> hindrance = hindrance(rule);
            if (hindrance.isPresent()) {
                comment(file, rule, hindrance.get());
            } else {
                write(file, rule);
                any = true;
            }
        }
        return any ? file.toString() : file.toString().replace("    rules:\n", "    rules: []\n");
    }

    /** Why it cannot be expressed. */
    private static Optional<String> hindrance(Rule rule) {
        if (!rule.enabled()) {
            return Optional.of("is switched off");
        }
        if (Expression.of(rule.measure(), "", rule.where()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of("cannot be expressed: "
                + switch (rule.measure()) {
                    case Measure.Newest newest -> NO_SILENCE;
                    case Measure.Window window -> NO_SILENCE;
                    case Measure.Ratio ratio -> NO_SILENCE;
                    case Measure.Detect detect -> "it needs to know what each series is expected to be";
                    case Measure.State state -> "a metric of Prometheus has no words";
                    case Measure.Group group -> "a metric of Prometheus has no words";
                });
    }

    private static void write(StringBuilder file, Rule rule) {
        if (!rule.clear().isEmpty()) {
            comment(file, rule, "has recovery limits, which are left out: Prometheus ends an alert where it began");
        }
        if (rule.noData() != NoData.KEEP) {
            comment(
                    file,
                    rule,
                    "says no_data: " + rule.noData().word() + ", which is left out: to Prometheus silence is the end");
        }
        String measured =
                Expression.of(rule.measure(), rule.kind(), rule.where()).orElseThrow();
        String beside = Expression.beside(rule.measure(), rule.kind(), rule.where());
        rule.limits().forEach((severity, limit) -> {
            file.append("      - alert: ").append(quoted(rule.id())).append('\n');
            field(
                    file,
                    "expr",
                    quoted(measured + " " + rule.comparison().sign() + " " + Expression.number(limit) + beside));
            if (rule.duration().isPositive()) {
                field(file, "for", rule.duration().toSeconds() + "s");
            }
            if (rule.keepFiringFor().isPositive()) {
                field(file, "keep_firing_for", rule.keepFiringFor().toSeconds() + "s");
            }
            file.append("        labels:\n");
            labels(rule, severity).forEach((name, value) -> file.append("          ")
                    .append(name)
                    .append(": ")
                    .append(quoted(PrometheusText.literal(value)))
                    .append('\n'));
            if (!rule.summary().isBlank()) {
                file.append("        annotations:\n          summary: ")
                        .append(quoted(PrometheusText.summary(rule, severity, limit)))
                        .append('\n');
            }
        });
    }

    private static Map<String, String> labels(Rule rule, Severity severity) {
        Map<String, String> labels = new TreeMap<>();
        rule.labels().forEach((name, value) -> labels.put(Expression.labelName(name), value));
        labels.put("severity", severity.word());
        return labels;
    }

    private static void field(StringBuilder file, String name, String value) {
        file.append("        ").append(name).append(": ").append(value).append('\n');
    }

    private static void comment(StringBuilder file, Rule rule, String what) {
        file.append("      # ").append(rule.id()).append(' ').append(what).append('\n');
    }

    /** What is text in JSON is text in YAML. */
    private static String quoted(String text) {
        return new String(Json.encode(text), StandardCharsets.UTF_8);
    }
}
