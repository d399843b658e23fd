package io.peerscope.alert.rule;

import io.peerscope.contracts.catalogue.Span;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.SummaryTemplate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A rule's summary, filled in for an alert. */
final class SummaryText {
    private static final double PERCENT = 100;
    private static final Set<String> NUMBERS = Set.of("value", "threshold");

    /** What authors write behind {@code {{value}}} and may be repeated behind another value. */
    private static final Pattern UNIT = Pattern.compile(
            "^ ?(?:%|°C|[kMG]?bit/s|(?:[KMGT]i?)?B(?:/s)?|bytes|players|[mµ]?s|min|h|k?Hz|fps)(?![\\p{Alnum}/%])");

    /** What is left of {@code ({{evidence}})} where there is none. */
    private static final String NOTHING = " ()";

    /** With units left out that are told with a number. */
    private final List<String> pieces;

    /** What is told behind the number of a piece; empty of others. */
    private final List<String> units;

    private final boolean percent;
    private final String unit;

    private SummaryText(List<String> pieces) {
        this.units = IntStream.range(0, pieces.size())
                .mapToObj(at -> at % 2 == 1 && NUMBERS.contains(pieces.get(at)) ? unitOf(pieces.get(at + 1)) : "")
                .toList();
        this.pieces = IntStream.range(0, pieces.size())
                .mapToObj(at -> at == 0
                        ? pieces.get(at)
                        : pieces.get(at).substring(units.get(at - 1).length()))
                .toList();
        this.percent = pieces.indexOf("percent") % 2 == 1 && pieces.indexOf("value") % 2 != 1;
        this.unit = unit(pieces, percent ? "percent" : "value");
    }

    static SummaryText parse(String summary) {
        return new SummaryText(SummaryTemplate.parse(summary).pieces());
    }

    String fill(Terms terms, String host, Map<String, String> labels, Judged judged) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        StringBuilder filled = new StringBuilder();
        for (int at = 0; at < pieces.size(); at++) {
            filled.append(at % 2 == 0 ? pieces.get(at) : word(at, terms, host, labels, judged));
        }
        return filled.toString().replace(NOTHING, "");
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
                        ? "; back to " + quantity(percent ? back * PERCENT : back, unit) + " after "
                                + Numbers.lasted(lasted)
                        : "; resolved");
    }

    private static String unit(List<String> pieces, String name) {
        int value = pieces.indexOf(name);
        return value % 2 == 1 ? unitOf(pieces.get(value + 1)) : "";
    }

    private static String unitOf(String behind) {
        return UNIT.matcher(behind)
                .results()
                .findFirst()
                .map(MatchResult::group)
                .orElse("");
    }

    private static String quantity(double value, String unit) {
        return quantity(value, Numbers.text(value), unit);
    }

    /** @param number the value as it is told where the unit is no other for it */
    private static String quantity(double value, String number, String unit) {
        return Span.of(value, unit.strip()).orElseGet(() -> number + unit);
    }

    private String word(int at, Terms terms, String host, Map<String, String> labels, Judged judged) {
        String name = pieces.get(at);
        String behind = units.get(at);
        return switch (name) {
            case "host" -> shown(host);
            case "value" ->
                terms.word(judged.value())
                        .map(word -> word + behind)
                        .orElseGet(() -> quantity(judged.value(), judged.valueText(), behind));
            case "percent" -> Numbers.text(judged.value() * PERCENT);
            case "threshold" -> {
                Double threshold = judged.threshold(terms);
                yield quantity(threshold == null ? Double.NaN : threshold, judged.thresholdText(terms), behind);
            }
            case "severity" -> judged.severity().word();
            case "expected" -> judged.expectedText(terms);
            case "explanation" -> judged.explanationText(terms);
            // A label of the subject says more than one of the rule that happens to have its name.
            default -> labels.getOrDefault(name, terms.rule().labels().getOrDefault(name, ""));
        };
    }
}
