package io.peerscope.contracts.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a host is there, as far as its own voice and its peers tell together. */
public enum PresenceState {
    UP,
    /** It speaks, had links within the last day, and has none now. */
    ISOLATED,
    /** It speaks, and yet most of its peers, at least three, do not reach it. */
    UNREACHABLE,
    /** It speaks, and accuses most of its peers, whom others reach. */
    SUSPECT,
    /** It does not speak, and a peer still reaches it: its reports are lost, not the host. */
    TELEMETRY_LOST,
    /** It does not speak, and nobody can tell why. */
    SILENT,
    /** It does not speak, and peers of at least two places do not reach it. */
    DOWN,
    /** It does not speak at a time at which it never does. */
    EXPECTED_ABSENCE,
    /** It said goodbye. */
    LEFT;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static PresenceState of(String word) {
        for (PresenceState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of presence is called " + word);
    }
}
