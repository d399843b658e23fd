package io.peerscope.contracts.link;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one end said last of a link.
 *
 * @param at corrected event time of what it said
 * @param receivedAt when it was received: the clock that ages go by
 * @param fresh whether the end still reports; false: this is what it said before it stopped
 * @param relay through what the traffic goes, where the end names it; "" otherwise
 * @param fields latency_ms, packet_loss, jitter_ms, bandwidth_mbps and what else is known of links
 * @param intervalSeconds how often the end reports, as observed
 */
public record LinkReport(
        Instant at,
        Instant receivedAt,
        boolean fresh,
        LinkClaim claim,
        PathClass path,
        String relay,
        Map<String, Double> fields,
        Map<String, String> states,
        double intervalSeconds) {

    public @Nullable Double field(String name) {
        return fields.get(name);
    }
}
