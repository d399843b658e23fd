package io.peerscope.contracts.live;

import java.time.Instant;
import java.util.Map;

/**
 * A part of a host as the host last described it: a resource such as a pool, a protocol, or what it counts by type, method,
 * result, state or direction.
 *
 * @param kind {@code resource}, {@code protocol}, or {@code host} for what it counts by something
 * @param labels what tells the part from others, without those that the host itself has
 */
public record PartLive(String kind, Map<String, String> labels, Instant lastSeen, Map<String, Double> fields) {

    public String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
