package io.peerscope.alert.rule;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.rule.SummaryTemplate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule's summary, filled in for an alert. */
final class SummaryText {
    private static final int DECIMALS = 3;
    /** What authors write behind {@code {{value}}} and may be repeated behind another value. */
    private static final Pattern UNIT = Pattern.compile(
            "^ ?(?:%|°C|[kMG]?bit/s|(?:[KMGT]i?)?B(?:/s)?|bytes|players|[mµ]?s|min|h|k?Hz|fps)(?![\\p{Alnum}/%])");

    private final SummaryTemplate template;
    private final String unit;

    private SummaryText(SummaryTemplate template) {
        this.template = template;
        this.unit = unit(template.pieces());
    }

    static SummaryText parse(String summary) {
        return new SummaryText(SummaryTemplate.parse(summary));
    }

    String fill(Terms terms, String host, Map<String, String> labels, Severity severity, double value) {
        return template.isPlain()
                ? template.pieces().getFirst()
                : template.fill(text -> text, name -> word(name, terms, host, labels, severity, value));
    }

    /** @param back the value that the field is back to; NaN where it is not, or not known */
    String ending(String text, double back) {
        if (text.isBlank()) {
            return text;
        }
        return text + (Double.isFinite(back) ? "; back to " + number(back) + unit : "; resolved");
    }

    private static String unit(List<String> pieces) {
        int value = pieces.indexOf("value");
        String behind = value % 2 == 1 ? pieces.get(value + 1) : "";
        return UNIT.matcher(behind)
                .results()
                .findFirst()
                .map(MatchResult::group)
                .orElse("");
    }

    private static String word(
            String name, Terms terms, String host, Map<String, String> labels, Severity severity, double value) {
        return switch (name) {
            case "host" -> host;
            case "value" -> number(value);
            case "threshold" -> number(terms.limit(severity));
            case "severity" -> severity.word();
            // A label of the subject says more than one of the rule that happens to have its name.
            default -> labels.getOrDefault(name, terms.rule().labels().getOrDefault(name, ""));
        };
    }

    private static String number(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return "?";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
