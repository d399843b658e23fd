package io.peerscope.contracts.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A link's quality in a word. */
public enum QualityLevel {
    EXCELLENT(85),
    GOOD(70),
    FAIR(50),
    POOR(25),
    UNUSABLE(0);

    private final double from;

    QualityLevel(double from) {
        this.from = from;
    }

    /** The lowest score that is so good. */
    public double from() {
        return from;
    }

    public static QualityLevel of(double score) {
        for (QualityLevel level : values()) {
            if (score >= level.from) {
                return level;
            }
        }
        return UNUSABLE;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static QualityLevel of(String word) {
        for (QualityLevel level : values()) {
            if (level.word().equals(word)) {
                return level;
            }
        }
        throw new IllegalArgumentException("no level of quality is called " + word);
    }
}
