package io.peerscope.contracts.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The latest that is known of a host; value of {@code hosts.live}, keyed by host.
 *
 * @param lastSeen receive time of its newest batch
 * @param newest event time of its newest point of any kind; null where a version wrote this that did not tell
 * @param clockSkewMs what was added to the host's own timestamp to get {@code newest}, milliseconds
 * @param labels labels of the host subject
 * @param fields newest value of every field of kind {@code host}
 * @param maps newest state of every map it hosts, while fresh
 * @param links its own view of its connections, while fresh
 * @param parts newest state of its pools, protocols and counts by type, while fresh; not in lists of hosts
 */
public record HostLive(
        String host,
        HostStatus status,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable Instant newest,
        long clockSkewMs,
        Map<String, String> labels,
        Map<String, Double> fields,
        List<MapLive> maps,
        LinksLive links,
        List<PartLive> parts,
        boolean simulated) {

    public HostLive {
        // Versions before this one did not tell.
        parts = Objects.requireNonNullElse(parts, List.of());
    }

    /** A host that has no parts. */
    public HostLive(
            String host,
            HostStatus status,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable Instant newest,
            long clockSkewMs,
            Map<String, String> labels,
            Map<String, Double> fields,
            List<MapLive> maps,
            LinksLive links,
            boolean simulated) {
        this(host, status, firstSeen, lastSeen, newest, clockSkewMs, labels, fields, maps, links, List.of(), simulated);
    }

    /** The same host, seen by somebody who knows more of how it is. */
    public HostLive with(HostStatus other) {
        return new HostLive(
                host, other, firstSeen, lastSeen, newest, clockSkewMs, labels, fields, maps, links, parts, simulated);
    }

    /** The same host for lists. */
    public HostLive withoutParts() {
        return new HostLive(
                host, status, firstSeen, lastSeen, newest, clockSkewMs, labels, fields, maps, links, simulated);
    }
}
