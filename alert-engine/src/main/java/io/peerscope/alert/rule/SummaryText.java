package io.peerscope.alert.rule;

import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.SummaryTemplate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A rule's summary, filled in for an alert. */
final class SummaryText {
    private static final double PERCENT = 100;

    /** What authors write behind {@code {{value}}} and may be repeated behind another value. */
    private static final Pattern UNIT = Pattern.compile(
            "^ ?(?:%|°C|[kMG]?bit/s|(?:[KMGT]i?)?B(?:/s)?|bytes|players|[mµ]?s|min|h|k?Hz|fps)(?![\\p{Alnum}/%])");

    /** What is left of {@code ({{evidence}})} where there is none. */
    private static final String NOTHING = " ()";

    private final SummaryTemplate template;
    private final boolean percent;
    private final String unit;

    private SummaryText(SummaryTemplate template) {
        List<String> pieces = template.pieces();
        this.template = template;
        this.percent = pieces.indexOf("percent") % 2 == 1 && pieces.indexOf("value") % 2 != 1;
        this.unit = unit(pieces, percent ? "percent" : "value");
    }

    static SummaryText parse(String summary) {
        return new SummaryText(SummaryTemplate.parse(summary));
    }

    String fill(Terms terms, String host, Map<String, String> labels, Judged judged) {
        return template.isPlain()
                ? template.pieces().getFirst()
                : template.fill(text -> text, name -> word(name, terms, host, labels, judged))
                        .replace(NOTHING, "");
    }

    /** What was wrong before, if anything was, and that nothing came since; a summary has no word for a value that nobody knows. */
    String silence(Terms terms, String host, Map<String, String> labels, Judged judged) {
        String since = " since " + Instant.ofEpochMilli(judged.at()).truncatedTo(ChronoUnit.SECONDS);
        String before = Double.isNaN(judged.value()) ? "" : fill(terms, host, labels, judged);
        if (!before.isBlank()) {
            return before + "; no data" + since;
        }
        String subject = new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
        return "No data of " + terms.rule().metric() + " from " + shown(host)
                + (subject.isEmpty() ? "" : " (" + subject + ")") + since;
    }

    private static String shown(String host) {
        return host.equals(Measure.Group.ANY_HOST) ? "all hosts" : host;
    }

    /**
     * @param back the value that the field is back to; NaN where it is not, or not known
     * @param lasted milliseconds
     */
    String ending(String text, double back, long lasted) {
        if (text.isBlank()) {
            return text;
        }
        return text
                + (Double.isFinite(back)
                        ? "; back to " + Numbers.text(percent ? back * PERCENT : back) + unit + " after "
                                + Numbers.lasted(lasted)
                        : "; resolved");
    }

    private static String unit(List<String> pieces, String name) {
        int value = pieces.indexOf(name);
        String behind = value % 2 == 1 ? pieces.get(value + 1) : "";
        return UNIT.matcher(behind)
                .results()
                .findFirst()
                .map(MatchResult::group)
                .orElse("");
    }

    private static String word(String name, Terms terms, String host, Map<String, String> labels, Judged judged) {
        return switch (name) {
            case "host" -> shown(host);
            case "value" -> terms.word(judged.value()).orElseGet(judged::valueText);
            case "percent" -> Numbers.text(judged.value() * PERCENT);
            case "threshold" -> judged.thresholdText(terms);
            case "severity" -> judged.severity().word();
            case "expected" -> judged.expectedText(terms);
            case "explanation" -> judged.explanationText(terms);
            // A label of the subject says more than one of the rule that happens to have its name.
            default -> labels.getOrDefault(name, terms.rule().labels().getOrDefault(name, ""));
        };
    }
}
