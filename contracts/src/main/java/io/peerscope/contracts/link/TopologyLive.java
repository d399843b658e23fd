package io.peerscope.contracts.link;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The graph that the links which are up make; value of {@code network.topology}, key {@code network}.
 *
 * @param components hosts that reach one another, largest first; a host without a link is one of its own
 * @param bridges links whose loss would part a component, as pairs
 * @param articulationHosts hosts whose loss would part a component
 * @param isolated hosts that speak and had links, and have none
 * @param splits meshes that are in several parts now
 * @param changedAt when the graph became what it is
 */
public record TopologyLive(
        int hosts,
        int links,
        List<List<String>> components,
        List<List<String>> bridges,
        List<Articulation> articulationHosts,
        List<String> isolated,
        List<Split> splits,
        Instant changedAt) {

    /** @param cutsOff how many hosts would lose the largest part that remains */
    public record Articulation(String host, int cutsOff) {}

    /**
     * A mesh that was whole once.
     *
     * @param parts members of each part of two hosts or more, largest first
     */
    public record Split(List<List<String>> parts, @Nullable Instant since) {
        /** As people say it: {@code 10 | 10}. */
        public String sizes() {
            return String.join(
                    " | ",
                    parts.stream().map(part -> Integer.toString(part.size())).toList());
        }
    }
}
