package io.peerscope.contracts.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;

/** How traffic gets from one end of a link to the other. */
public enum PathClass {
    DIRECT,
    /** Through another host of the network, or a relay of its own. */
    RELAY,
    /** Through a TURN server. */
    TURN,
    /** Through a server that stands in for the peer. */
    VPS,
    UNKNOWN;

    /**
     * The label {@code path} decides, then the states {@code path_class} and {@code connection_type}, then what ICE calls
     * the candidate.
     */
    public static PathClass of(Map<String, String> labels, Map<String, String> states) {
        for (String word : new String[] {
            labels.getOrDefault("path", ""),
            states.getOrDefault("path_class", ""),
            states.getOrDefault("connection_type", ""),
            labels.getOrDefault("candidate_type", ""),
            states.getOrDefault("candidate_type", "")
        }) {
            PathClass path = ofWord(word);
            if (path != UNKNOWN) {
                return path;
            }
        }
        return UNKNOWN;
    }

    private static PathClass ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "direct", "p2p", "host", "srflx", "prflx" -> DIRECT;
            case "relay", "relayed" -> RELAY;
            case "turn" -> TURN;
            case "vps", "server" -> VPS;
            default -> UNKNOWN;
        };
    }

    /** The one that says more of what is in the way; of two ends that differ it holds. */
    public PathClass or(PathClass other) {
        if (this == UNKNOWN || (this == DIRECT && other != UNKNOWN)) {
            return other;
        }
        return this;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static PathClass of(String word) {
        for (PathClass path : values()) {
            if (path.word().equals(word)) {
                return path;
            }
        }
        throw new IllegalArgumentException("path must be direct, relay, turn, vps or unknown, was " + word);
    }
}
