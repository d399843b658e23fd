package io.peerscope.query.advice;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is advised. */
public enum AdviceKind {
    /** To let another host run a map, as it is nearer to those who are there. */
    MOVE_MAP,
    /** To let a link go through a host that is near to both of its ends. */
    RELAY_LINK,
    /** To join two parts of the mesh a second time, where one link is all that holds them together. */
    SECOND_LINK,
    /** To link a host with one that is nearer than those that it has; made when asked for a host, and not followed. */
    RECOMMEND_PEER;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static AdviceKind of(String word) {
        for (AdviceKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(word);
    }

    public static String words() {
        return Arrays.stream(values()).map(AdviceKind::word).collect(Collectors.joining(", "));
    }
}
