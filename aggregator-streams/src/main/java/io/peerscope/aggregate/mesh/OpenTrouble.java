package io.peerscope.aggregate.mesh;

import java.util.Map;

/**
 * A trouble of the whole network that rules know of and that must be taken back when it is over.
 *
 * @param incident id of the incident; "" for a split
 */
public record OpenTrouble(String kind, Map<String, String> labels, String incident) {
    /** Differs for different ones. */
    public String key() {
        return kind + "|" + (incident.isEmpty() ? labels.toString() : incident);
    }
}
