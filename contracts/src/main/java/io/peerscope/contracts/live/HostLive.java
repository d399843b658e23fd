package io.peerscope.contracts.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The latest that is known of a host; value of {@code hosts.live}, keyed by host.
 *
 * @param lastSeen receive time of its newest batch
 * @param labels labels of the host subject
 * @param fields newest value of every field of kind {@code host}
 * @param maps newest state of every map it hosts, while fresh
 * @param links its own view of its connections, while fresh
 */
public record HostLive(
        String host,
        HostStatus status,
        Instant firstSeen,
        Instant lastSeen,
        Map<String, String> labels,
        Map<String, Double> fields,
        List<MapLive> maps,
        LinksLive links,
        boolean simulated) {}
