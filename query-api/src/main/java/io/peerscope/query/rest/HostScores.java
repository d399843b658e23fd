package io.peerscope.query.rest;

import io.peerscope.contracts.link.HostPresence;
import io.peerscope.query.network.NetworkTables;
import io.peerscope.query.network.Reliability;
import io.peerscope.query.store.OutcomeReader;
import io.peerscope.query.store.OutcomeReader.Outcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Scores of reliability, of what is live and what is stored. */
public final class HostScores {
    private static final long MINUTE = 60;

    private final NetworkTables network;
    private final OutcomeReader outcomes;
    private final QueryClock clock;

    public HostScores(NetworkTables network, OutcomeReader outcomes, QueryClock clock) {
        this.network = network;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** Empty where nothing is known of the host. */
    Optional<Reliability> of(String host) {
        Map<String, Outcomes> counted = outcomes.since(since(), Optional.of(host));
        return network.presences().containsKey(host) || !counted.isEmpty()
                ? Optional.of(score(host, counted))
                : Optional.empty();
    }

    /** Best first. */
    List<Reliability> all() {
        Map<String, Outcomes> counted = outcomes.since(since(), Optional.empty());
        Set<String> names = new TreeSet<>(network.presences().keySet());
        names.addAll(counted.keySet());
        return names.stream()
                .map(host -> score(host, counted))
                .sorted(Reliability.BEST_FIRST)
                .toList();
    }

    private Instant since() {
        return clock.source().instant().minus(Duration.ofDays(Reliability.DAYS));
    }

    private Reliability score(String host, Map<String, Outcomes> counted) {
        Outcomes ended = counted.getOrDefault(host, Outcomes.NONE);
        HostPresence presence = network.presences().get(host);
        return Reliability.of(
                host,
                new Reliability.Counts(
                        presence == null ? 0 : presence.secondsUp() / MINUTE,
                        presence == null ? 0 : presence.secondsExpected() / MINUTE,
                        ended.connected(),
                        ended.failed(),
                        ended.transferred(),
                        ended.transfersFailed(),
                        presence == null ? 0 : presence.leaves(),
                        presence == null ? 0 : presence.crashes(),
                        presence == null ? 0 : presence.flaps()));
    }
}
