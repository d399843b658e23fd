package io.peerscope.simulator.world;

import io.peerscope.simulator.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What hosts tell beside what they measure: what incidents did to connections, and that resources go from peer to peer. */
final class Happenings {
    private static final long TRANSFER_EVERY_MS = 20_000;
    private static final long FINDING_EVERY_MS = 600_000;
    /** One of so many transfers fails. */
    private static final int FAILING = 12;
    /** So long a way is searched. */
    private static final Duration SEARCH = Duration.ofSeconds(2);

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
        return Stream.of(ofIncidents(after, until), transfers(after, until), findings(after, until))
                .flatMap(events -> events)
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
                            state(self, lost, from.plus(SEARCH), "connected", "failed"),
                            new Event(self, "discovery", until, lost, "", "", Map.of("method", "gossip")),
                            state(self, lost, until.plus(SEARCH), "failed", "connected"));
                });
            case DENIED -> {
                Link link = population.links().get(incident.target());
                yield Stream.of(
                        state(name(link.a()), name(link.b()), from, "connected", "failed"),
                        state(name(link.a()), name(link.b()), until, "failed", "connected"));
            }
            case RELAYED -> {
                Link link = population.links().get(incident.target());
                yield Stream.of(
                        state(name(link.a()), name(link.b()), from, "connected", "connecting"),
                        state(name(link.a()), name(link.b()), from.plus(SEARCH), "connecting", "connected"));
            }
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
            case MEMORY_LEAK, ERRORS, MAP_DOWN, LINK_TROUBLE, MUTE, ONE_WAY_DETOUR, PARTITION -> Stream.empty();
        };
    }

    private Stream<Event> transfers(Instant after, Instant until) {
        if (population.links().isEmpty()) {
            return Stream.empty();
        }
        Noise own = noise.named("transfers");
        return steps(after, until, TRANSFER_EVERY_MS).mapToObj(step -> {
            Link link = population.links().get(own.below(population.links().size(), step));
            Map<String, Object> detail = Map.of(
                    "resource", "map-pack-" + (1 + own.named("which").below(30, step)),
                    "bytes", 200_000 + own.named("size").below(9_000_000, step),
                    "duration_ms", 300 + own.named("time").below(4_000, step));
            String outcome = own.named("outcome").below(FAILING, step) == 0 ? "failed" : "completed";
            return new Event(
                    name(link.a()), "transfer", at(step, TRANSFER_EVERY_MS), name(link.b()), "", outcome, detail);
        });
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

    private static Event state(String self, String peer, Instant at, String from, String to) {
        return new Event(self, "connection_state", at, peer, from, to, Map.of());
    }

    private String name(int host) {
        return population.hosts().get(host).name();
    }
}
