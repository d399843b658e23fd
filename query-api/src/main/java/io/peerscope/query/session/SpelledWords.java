package io.peerscope.query.session;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words that senders spell as they like, counted under the spelling of those who thought of them. */
final class SpelledWords {
    private static final Map<String, String> KNOWN = Stream.of(
                    "Excellent", "Good", "Fair", "Poor", "Unusable", "UltraHD", "FullHD", "HD", "SD", "Low")
            .collect(Collectors.toMap(word -> word.toLowerCase(Locale.ROOT), Function.identity()));

    private SpelledWords() {}

    static Map<String, Long> counted(Map<String, Long> asSent) {
        Map<String, Long> counted = new TreeMap<>();
        asSent.forEach((word, count) ->
                counted.merge(KNOWN.getOrDefault(word.toLowerCase(Locale.ROOT), word), count, Long::sum));
        return counted;
    }
}
