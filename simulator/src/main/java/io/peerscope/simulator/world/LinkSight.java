package io.peerscope.simulator.world;

import io.peerscope.simulator.Measurement;
import io.peerscope.simulator.world.Incident.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a host finds about its connections. The two ends of a link measure about, but not exactly, the same. */
final class LinkSight {
    /** After so long without an answer a peer is given up and no longer reported. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(20);

    private static final double RELAY_DETOUR_MS = 38;

    private final Instant at;
    private final Conditions conditions;
    private final Population population;
    private final Noise noise;
    private final Exchange exchange;

    LinkSight(Instant at, Conditions conditions, Population population, Noise noise, Exchange exchange) {
        this.exchange = exchange;
        this.at = at;
        this.conditions = conditions;
        this.population = population;
        this.noise = noise;
    }

    List<Measurement> of(int host) {
        return population.linksOf(host).stream()
                .flatMap(link -> measure(link, host).stream())
                .toList();
    }

    private Optional<Measurement> measure(Link link, int self) {
        boolean relayed = link.relayed() || conditions.present(Kind.RELAYED, link.index());
        String peer = population.hosts().get(link.other(self)).name();
        Map<String, String> labels = relayed
                ? Map.of("peer", peer, "path", "relay", "relay", "relay-" + region(link.a()))
                : Map.of("peer", peer, "path", "direct");
        if (parted(link) || (self == link.a() && conditions.present(Kind.DENIED, link.index()))) {
            return Optional.of(lost(labels));
        }
        Optional<Duration> silence = conditions.since(Kind.SILENCE, link.other(self));
        if (silence.isPresent()) {
            return silence.filter(lasting -> lasting.compareTo(GIVEN_UP_AFTER) < 0)
                    .map(lasting -> lost(labels));
        }
        double trouble = conditions.strength(Kind.LINK_TROUBLE, link.index());
        double crowd = Stream.of(link.a(), link.b())
                .mapToDouble(end -> conditions.strength(Kind.OVERLOAD, end))
                .max()
                .orElse(0);
        Noise shared = noise.named(link.name());
        Noise own = shared.named("seen-from-" + self);
        long millis = at.toEpochMilli();
        double latency = (link.roundTripMs() + (relayed ? RELAY_DETOUR_MS : 0))
                        * (1 + 0.08 * shared.walk(millis, 60_000) + 0.02 * own.walk(millis, 10_000))
                + 45 * crowd
                + 260 * trouble
                + (self == link.b() ? 320 * conditions.strength(Kind.ONE_WAY_DETOUR, link.index()) : 0);
        Fields fields = new Fields()
                .amount("latency_ms", latency)
                .percent("packet_loss", 0.15 + 0.15 * shared.walk(millis, 45_000) + 8 * trouble)
                .amount("jitter_ms", 2 + 1.2 * own.walk(millis, 15_000) + 6 * crowd + 40 * trouble)
                .amount(
                        "bandwidth_mbps",
                        link.bandwidthMbps()
                                * (1 + 0.1 * shared.walk(millis, 90_000))
                                * (relayed ? 0.6 : 1)
                                * (1 - 0.85 * trouble));
        exchange.link(fields, population.hosts().get(self).name(), peer, link.name(), latency, trouble);
        return Optional.of(new Measurement(
                "connection",
                labels,
                at,
                fields.toMap(),
                Map.of(
                        "circuit_breaker",
                        "closed",
                        "connection_state",
                        "connected",
                        "ice_state",
                        relayed ? "completed" : "connected")));
    }

    private boolean parted(Link link) {
        return conditions
                .target(Kind.PARTITION)
                .filter(host -> region(link.a()).equals(region(host))
                        != region(link.b()).equals(region(host)))
                .isPresent();
    }

    private String region(int host) {
        return population.hosts().get(host).labels().getOrDefault("region", "");
    }

    private Measurement lost(Map<String, String> labels) {
        Fields fields = new Fields().percent("packet_loss", 100).amount("bandwidth_mbps", 0);
        return new Measurement(
                "connection",
                labels,
                at,
                fields.toMap(),
                Map.of("connection_state", "failed", "ice_state", "disconnected"));
    }
}
