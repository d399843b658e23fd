package io.peerscope.simulator.world;

import io.peerscope.simulator.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What hosts tell beside what they measure: what incidents did to their peers. Connections and transfers are not among it: reliability
 * counts those as trials, and a few of them would say that every host is bad.
 */
final class Happenings {
    private static final long FINDING_EVERY_MS = 600_000;
    /** After so long a peer knows that something is wrong, or is well. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    private final Population population;
    private final Script script;
    private final Noise noise;

    Happenings(Population population, Script script, Noise noise) {
        this.population = population;
        this.script = script;
        this.noise = noise;
    }

    /** Oldest first. */
    List<Event> between(Instant after, Instant until) {
        return Stream.concat(ofIncidents(after, until), findings(after, until))
                .filter(event ->
                        event.timestamp().isAfter(after) && !event.timestamp().isAfter(until))
                .sorted((one, other) -> one.timestamp().compareTo(other.timestamp()))
                .toList();
    }

    private record Round(Instant begin, List<Incident> incidents) {}

    private Stream<Event> ofIncidents(Instant after, Instant until) {
        return Stream.of(after, until).map(this::roundAt).distinct().flatMap(round -> round.incidents().stream()
                .flatMap(incident -> of(
                        incident,
                        round.begin().plus(incident.from()),
                        round.begin().plus(incident.until()))));
    }

    private Round roundAt(Instant at) {
        Conditions conditions = script.at(at);
        return new Round(at.minus(conditions.elapsed()), conditions.round());
    }

    private Stream<Event> of(Incident incident, Instant from, Instant until) {
        return switch (incident.kind()) {
            case SILENCE ->
                population.linksOf(incident.target()).stream().flatMap(link -> {
                    String self = name(link.other(incident.target()));
                    String lost = name(incident.target());
                    return Stream.of(
                            breaker(self, lost, from.plus(NOTICED), "closed", "open"),
                            new Event(self, "discovery", until, lost, "", "", Map.of("method", "gossip")),
                            breaker(self, lost, until.plus(NOTICED), "open", "closed"));
                });
            case DENIED -> broken(incident, from, until, "open");
            case LINK_TROUBLE -> broken(incident, from.plus(NOTICED), until, "half_open");
            case OVERLOAD -> {
                String self = name(incident.target());
                String heir = name((incident.target() + 1) % population.hosts().size());
                yield self.equals(heir)
                        ? Stream.empty()
                        : Stream.of(new Event(
                                heir,
                                "failover",
                                from.plusSeconds(60),
                                self,
                                self,
                                heir,
                                Map.of("what", "voice relay")));
            }
            case MEMORY_LEAK, ERRORS, MAP_DOWN, RELAYED, MUTE, ONE_WAY_DETOUR, PARTITION -> Stream.empty();
        };
    }

    private Stream<Event> broken(Incident incident, Instant from, Instant until, String breaker) {
        Link link = population.links().get(incident.target());
        return Stream.of(
                breaker(name(link.a()), name(link.b()), from, "closed", breaker),
                breaker(name(link.a()), name(link.b()), until, breaker, "closed"));
    }

    private Stream<Event> findings(Instant after, Instant until) {
        Noise own = noise.named("findings");
        return steps(after, until, FINDING_EVERY_MS)
                .mapToObj(step -> new Event(
                        name(own.below(population.hosts().size(), step)),
                        "security",
                        at(step, FINDING_EVERY_MS),
                        "",
                        "",
                        "",
                        Map.of(
                                "kind",
                                "login",
                                "user",
                                "player-" + own.named("who").below(900, step))));
    }

    private static LongStream steps(Instant after, Instant until, long every) {
        return LongStream.rangeClosed(
                Math.floorDiv(after.toEpochMilli(), every), Math.floorDiv(until.toEpochMilli(), every));
    }

    private static Instant at(long step, long every) {
        return Instant.ofEpochMilli(step * every);
    }

    private static Event breaker(String self, String peer, Instant at, String from, String to) {
        return new Event(self, "circuit_breaker", at, peer, from, to, Map.of());
    }

    private String name(int host) {
        return population.hosts().get(host).name();
    }
}
