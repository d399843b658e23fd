package io.peerscope.contracts.live;

import java.time.Instant;
import java.util.Map;

/**
 * A map as its host last described it.
 *
 * @param hosting {@code p2p}, {@code vps} or "" where the host did not say
 */
public record MapLive(
        String map, String hosting, Instant lastSeen, Map<String, Double> fields, Map<String, String> states) {}
