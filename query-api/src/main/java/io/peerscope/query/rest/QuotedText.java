package io.peerscope.query.rest;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists as people write them into an address: {@code a,b} or, of labels, {@code map:prontera,region:eu}. What has a comma,
 * a quote at its beginning, blanks at its ends, or (a name) a colon stands in double quotes, with a backslash before a quote
 * or backslash inside them: {@code map:"a, b"}.
 */
final class QuotedText {
    private final String text;
    private int at;

    QuotedText(String text) {
        this.text = text;
    }

    /** A label and its value. */
    record Pair(String name, String value) {}

    /** Empty ones are passed over. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        while (at < text.length()) {
            String word = next("");
            if (!word.isEmpty()) {
                words.add(word);
            }
            at++;
        }
        return words;
    }

    List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        while (at < text.length()) {
            String name = next(":");
            if (at < text.length() && text.charAt(at) == ':' && !name.isEmpty()) {
                at++;
                pairs.add(new Pair(name, next("")));
            } else if (!name.isEmpty() || at < text.length() && text.charAt(at) == ':') {
                throw new IllegalArgumentException("name:value, such as map:prontera or map:\"a, b\"");
            }
            at++;
        }
        return pairs;
    }

    /** Up to a comma, one of {@code ends}, or the end. */
    private String next(String ends) {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted(ends);
        }
        int from = at;
        while (at < text.length() && !ends(ends)) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private String quoted(String ends) {
        StringBuilder word = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            word.append(text.charAt(at));
        }
        if (at == text.length()) {
            throw new IllegalArgumentException("without a quote that is not closed");
        }
        at++;
        while (at < text.length() && !ends(ends)) {
            if (!Character.isWhitespace(text.charAt(at))) {
                throw new IllegalArgumentException("a comma after what stands in quotes");
            }
            at++;
        }
        return word.toString();
    }

    private boolean ends(String ends) {
        return text.charAt(at) == ',' || ends.indexOf(text.charAt(at)) >= 0;
    }
}
