package io.peerscope.contracts.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;

/** What one end says of a link as a whole. */
public enum LinkClaim {
    UP,
    DOWN,
    /** It is being set up or taken down, or nothing tells. */
    UNKNOWN;

    private static final double ALL_LOST = 100;

    /**
     * The state of the connection decides, then that of ICE, then whether everything is lost; who measures something over
     * a link has it.
     */
    public static LinkClaim of(Map<String, Double> fields, Map<String, String> states) {
        LinkClaim said = ofState(states.getOrDefault("connection_state", ""));
        if (said != UNKNOWN || states.containsKey("connection_state")) {
            return said;
        }
        LinkClaim ofIce = ofState(states.getOrDefault("ice_state", ""));
        if (ofIce != UNKNOWN) {
            return ofIce;
        }
        if (fields.getOrDefault("packet_loss", 0.0) >= ALL_LOST
                || states.getOrDefault("circuit_breaker", "").equals("open")) {
            return DOWN;
        }
        return fields.isEmpty() ? UNKNOWN : UP;
    }

    private static LinkClaim ofState(String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "connected", "completed" -> UP;
            case "failed", "disconnected", "closed" -> DOWN;
            default -> UNKNOWN;
        };
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static LinkClaim of(String word) {
        for (LinkClaim claim : values()) {
            if (claim.word().equals(word)) {
                return claim;
            }
        }
        throw new IllegalArgumentException("claim must be up, down or unknown, was " + word);
    }
}
