package io.peerscope.contracts.link;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a host is there; value of {@code hosts.presence}, keyed by host.
 *
 * @param since when the state became what it is
 * @param evidence peers on whose word it rests, sorted
 * @param linksUp how many of its links carry traffic
 * @param linksDown how many are known and do not
 * @param contradictions of its links with a word of the other end, how many end in a contradiction: a signal of trust
 * @param churnPerMinute links that came up or went down a minute, over the last ten
 * @param explainedBy the incident that explains why it is cut off; null where none does
 * @param leaves how often it said goodbye, {@code crashes} how often it fell silent without a word
 * @param flaps how often it came back within five minutes after it had fallen silent
 * @param secondsUp how long it was there in the last thirty days, of {@code secondsExpected} in which it was awaited: not
 *     after a goodbye, and not at hours at which it never is
 */
public record HostPresence(
        String host,
        PresenceState state,
        Instant since,
        List<String> evidence,
        int linksUp,
        int linksDown,
        int contradictions,
        double churnPerMinute,
        @Nullable String explainedBy,
        long leaves,
        long crashes,
        long flaps,
        long secondsUp,
        long secondsExpected) {}
