package io.peerscope.contracts.rule;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notes placeholders of a summary that nothing would ever fill in. Any label may be meant, as nobody knows them all. */
final class SummarySense {
    private static final String FIELD = "summary";
    private static final List<String> WORDS =
            List.of("host", "value", "percent", "threshold", "severity", "expected", "explanation");
    private static final String KNOWN =
            "there are {{host}}, {{value}}, {{percent}}, {{threshold}}, {{severity}} and labels such as {{peer}}";
    private static final Set<String> OF_DETECTION = Set.of("expected", "explanation");
    /** Fields of an alert that people take for words of its summary, and what to write instead. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "limit", "{{threshold}} is the limit",
            "metric", "write the metric's name out",
            "kind", "write the kind out",
            "rule_id", "every message names the rule",
            "rule_version", "every message names the rule",
            "started_at", "every message says when it began",
            "fired_at", "every message says when it began",
            "status", "every message says how it stands");

    private static final int SHORTEST_MISSPELT = 5;

    private final RuleFields fields;
    private final Rule rule;

    SummarySense(RuleFields fields, Rule rule) {
        this.fields = fields;
        this.rule = rule;
    }

    void judge() {
        List<String> pieces = SummaryTemplate.parse(rule.summary()).pieces();
        if (pieces.getLast().contains("{{")) {
            fault("{{ is not closed; write }} behind the name: {{host}}");
        }
        for (int i = 1; i < pieces.size(); i += 2) {
            placeholder(pieces.get(i));
        }
    }

    private void placeholder(String name) {
        String written = "{{" + name + "}}";
        if (!Grammar.isName(name)) {
            fault(written + " is the name of nothing; " + KNOWN);
        } else if (OF_DETECTION.contains(name) && !(rule.measure() instanceof Measure.Detect)) {
            fault(written + " is known to rules with detect only; " + KNOWN);
        } else if (WORDS.contains(name) || rule.labels().containsKey(name)) {
            return;
        } else if (rule.measure() instanceof Measure.Group group) {
            if (!group.by().contains(name)) {
                fault(written + " is no label of the group; add it to group.by, or leave it out");
            }
        } else if (!rule.where().containsKey(name)) {
            label(name, written);
        }
    }

    /** A label that the rule does not speak of otherwise. */
    private void label(String name, String written) {
        WORDS.stream()
                .filter(word -> meant(name, word))
                .findFirst()
                .map(word -> written + " is misspelt: {{" + word + "}}")
                .or(() -> Optional.ofNullable(OTHERWISE.get(name))
                        .map(instead -> written + " is nothing a summary knows: " + instead))
                .ifPresent(detail ->
                        fault(detail + "; if it is a label of the subjects, say so in where: {" + name + ": \"*\"}"));
    }

    private static boolean meant(String name, String word) {
        return name.toLowerCase(Locale.ROOT).equals(word)
                || word.length() >= SHORTEST_MISSPELT && oneSlip(name.toLowerCase(Locale.ROOT), word);
    }

    /** One letter too many, too few or wrong, or two that have changed places. */
    private static boolean oneSlip(String name, String word) {
        int begin = 0;
        int shorter = Math.min(name.length(), word.length());
        while (begin < shorter && name.charAt(begin) == word.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin && name.charAt(name.length() - 1 - end) == word.charAt(word.length() - 1 - end)) {
            end++;
        }
        String wrong = name.substring(begin, name.length() - end);
        String right = word.substring(begin, word.length() - end);
        return wrong.length() <= 1 && right.length() <= 1
                || wrong.length() == 2
                        && right.length() == 2
                        && wrong.charAt(0) == right.charAt(1)
                        && wrong.charAt(1) == right.charAt(0);
    }

    private void fault(String detail) {
        fields.fault(FIELD, ErrorCode.BAD_PARAMETER, detail);
    }
}
