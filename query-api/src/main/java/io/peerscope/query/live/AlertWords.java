package io.peerscope.query.live;

import io.peerscope.contracts.alert.Alert;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What somebody typed to find alerts: each word is part of the host, the rule, the summary, the metric or a label of the
 * subject, in capitals or not. No word finds all.
 */
public record AlertWords(List<String> words) {
    public static AlertWords of(String typed) {
        return new AlertWords(Stream.of(typed.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    public boolean find(Alert alert) {
        return words.stream().allMatch(word -> texts(alert)
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(word)));
    }

    private static Stream<String> texts(Alert alert) {
        return Stream.concat(
                Stream.of(alert.host(), alert.ruleId(), alert.summary(), alert.metric()),
                alert.subject().labels().values().stream());
    }
}
