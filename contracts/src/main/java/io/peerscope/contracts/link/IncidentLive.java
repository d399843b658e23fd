package io.peerscope.contracts.link;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Links that went bad together, and what they have in common; value of {@code network.incidents}, keyed by id.
 *
 * @param cause {@code host}, {@code relay} or {@code region}
 * @param name which one
 * @param children hosts that lost their way through it, each with how it is now; an incident over keeps them
 * @param links how many links went bad
 * @param share of all links that went bad at that time, what part it explains
 * @param endedAt null while it lasts
 * @param ways which links, as {@link LinkLive#key}; none where a version wrote this that did not tell
 */
public record IncidentLive(
        String id,
        String cause,
        String name,
        Instant startedAt,
        @Nullable Instant endedAt,
        int links,
        double share,
        List<Child> children,
        boolean simulated,
        List<String> ways) {

    public IncidentLive {
        ways = Objects.requireNonNullElse(ways, List.of());
    }

    /** @param state {@code cut_off}, {@code affected} (it has other links) or {@code recovered} */
    public record Child(String host, String state, List<String> badLinks) {}
}
