package io.peerscope.contracts.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A rule's summary cut at its {@code {{placeholders}}}. What is not closed is text.
 *
 * @param pieces even ones are text, odd ones the names of placeholders without blanks around them; an odd number of pieces
 */
public record SummaryTemplate(List<String> pieces) {
    public static SummaryTemplate parse(String summary) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        int open;
        while ((open = summary.indexOf("{{", from)) >= 0) {
            int close = summary.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            pieces.add(summary.substring(from, open));
            pieces.add(summary.substring(open + 2, close).strip());
            from = close + 2;
        }
        pieces.add(summary.substring(from));
        return new SummaryTemplate(List.copyOf(pieces));
    }

    /** @param text what becomes of text
     * @param word what stands for a placeholder of that name */
    public String fill(UnaryOperator<String> text, UnaryOperator<String> word) {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            filled.append(i % 2 == 0 ? text.apply(piece) : word.apply(piece));
        }
        return filled.toString();
    }
}
