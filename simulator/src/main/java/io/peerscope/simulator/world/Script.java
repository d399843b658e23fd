package io.peerscope.simulator.world;

import io.peerscope.simulator.world.Incident.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The incidents, round after round; each round strikes other hosts and links. The first ones come within seconds, so that
 * whoever has just started the world sees something happen; the long ones outlast the 300 s of the shipped rules.
 */
final class Script {
    static final Duration ROUND = Duration.ofMinutes(15);

    private final Instant origin;
    private final int hosts;
    private final int links;
    private final Noise noise;

    Script(Instant origin, int hosts, int links, long seed) {
        this.origin = origin;
        this.hosts = hosts;
        this.links = links;
        this.noise = new Noise(seed).named("script");
    }

    /** Before the origin nothing goes wrong. */
    Conditions at(Instant instant) {
        long elapsed = Duration.between(origin, instant).toMillis();
        if (elapsed < 0) {
            return new Conditions(List.of(), Duration.ZERO);
        }
        return new Conditions(round(elapsed / ROUND.toMillis()), Duration.ofMillis(elapsed % ROUND.toMillis()));
    }

    private List<Incident> round(long number) {
        List<Incident> incidents = new ArrayList<>();
        int host = noise.named("host").below(hosts, number);
        incidents.add(incident(Kind.OVERLOAD, host, 10, 430));
        incidents.add(incident(Kind.MAP_DOWN, (host + 1) % hosts, 40, 130));
        if (hosts > 1) {
            incidents.add(incident(Kind.SILENCE, (host + 2) % hosts, 120, 270));
        }
        incidents.add(incident(Kind.ERRORS, (host + 3) % hosts, 330, 690));
        if (hosts > 5) {
            incidents.add(incident(Kind.MUTE, (host + 5) % hosts, 150, 300));
            incidents.add(incident(Kind.PARTITION, (host + 6) % hosts, 700, 790));
        }
        incidents.add(incident(Kind.MEMORY_LEAK, (host + 4) % hosts, 470, 860));
        if (links > 0) {
            int link = noise.named("link").below(links, number);
            incidents.add(incident(Kind.LINK_TROUBLE, link, 5, 185));
            incidents.add(incident(Kind.RELAYED, (link + links / 3) % links, 30, 270));
            incidents.add(incident(Kind.ONE_WAY_DETOUR, (link + links / 5) % links, 20, 200));
            incidents.add(incident(Kind.DENIED, (link + links / 4) % links, 60, 180));
            incidents.add(incident(Kind.LINK_TROUBLE, (link + links / 2) % links, 480, 660));
            incidents.add(incident(Kind.RELAYED, (link + 2 * links / 3) % links, 600, 800));
        }
        return incidents;
    }

    private static Incident incident(Kind kind, int target, int fromSecond, int untilSecond) {
        return new Incident(kind, target, Duration.ofSeconds(fromSecond), Duration.ofSeconds(untilSecond));
    }
}
