package io.peerscope.contracts.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How the two ends of a link agree. {@code AGREED}: within bounds. {@code ASYMMETRIC}: both speak, and one direction is
 * much worse. {@code ONE_SIDED}: only one end reports it. {@code CONTRADICTION}: one end says it is up, the other that it
 * is down, for longer than news needs to get around.
 */
public enum LinkVerdict {
    AGREED,
    ASYMMETRIC,
    ONE_SIDED,
    CONTRADICTION;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static LinkVerdict of(String word) {
        for (LinkVerdict verdict : values()) {
            if (verdict.word().equals(word)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException(
                "verdict must be agreed, asymmetric, one_sided or contradiction, was " + word);
    }
}
