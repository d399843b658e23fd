package io.peerscope.query.advice;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What became of a piece of advice. */
public enum AdviceState {
    OPEN,
    /** Somebody did it; what it brings is not measured yet. */
    APPLIED,
    /** It brought at least half of what was said. */
    CONFIRMED,
    REFUTED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static AdviceState of(String word) {
        for (AdviceState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException(word);
    }

    public static String words() {
        return Arrays.stream(values()).map(AdviceState::word).collect(Collectors.joining(", "));
    }
}
