package io.peerscope.simulator.world;

import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Event;
import io.peerscope.simulator.Measurement;
import io.peerscope.simulator.world.Incident.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A P2P game and streaming network that does not exist: hosts, maps and their players, links, streams, and incidents on
 * a script. A pure function of its parameters and the time: it remembers nothing, and asked twice says the same.
 */
public final class World {
    /** More would make links, which are drawn by comparing all hosts with all, slow to draw. */
    public static final int MAX_HOSTS = 5_000;

    private final long seed;
    private final Noise noise;
    private final Population population;
    private final Script script;
    private final Happenings happenings;

    /**
     * @param hosts from 1 to {@link #MAX_HOSTS}
     * @param origin when the script of incidents begins
     */
    public World(int hosts, long seed, Instant origin) {
        if (hosts < 1 || hosts > MAX_HOSTS) {
            throw new IllegalArgumentException("hosts must be from 1 to " + MAX_HOSTS + ", was " + hosts);
        }
        this.seed = seed;
        this.noise = new Noise(seed).named("world");
        this.population = new Population(hosts, seed);
        this.script = new Script(origin, hosts, population.links().size(), seed);
        this.happenings = new Happenings(population, script, noise.named("happenings"));
    }

    public List<String> hosts() {
        return population.hosts().stream().map(SimulatedHost::name).toList();
    }

    /** What the hosts say at that instant, one batch each; a host that has fallen silent says nothing. */
    public List<Batch> at(Instant instant) {
        Conditions conditions = script.at(instant);
        Exchange exchange = new Exchange(noise, instant);
        LinkSight links = new LinkSight(instant, conditions, population, noise.named("links"), exchange);
        List<Batch> batches = new ArrayList<>();
        for (int index = 0; index < population.hosts().size(); index++) {
            if (talks(index, conditions)) {
                batches.add(batch(instant, index, conditions, links, exchange));
            }
        }
        return batches;
    }

    /** What those who watch the streams of the hosts say through them at that instant; beside {@link #at}. */
    public List<Batch> watchedAt(Instant instant) {
        Conditions conditions = script.at(instant);
        Audience audience = new Audience(instant, noise.named("audience"));
        List<Batch> batches = new ArrayList<>();
        for (int index = 0; index < population.hosts().size(); index++) {
            SimulatedHost host = population.hosts().get(index);
            List<Measurement> views = audience.of(host);
            if (!views.isEmpty() && talks(index, conditions)) {
                batches.add(new Batch(host.name(), id(instant) + "/watched", host.labels(), views));
            }
        }
        return batches;
    }

    /** What happened since, oldest first. */
    public List<Event> happened(Instant after, Instant until) {
        return happenings.between(after, until);
    }

    private static boolean talks(int host, Conditions conditions) {
        return !conditions.present(Kind.SILENCE, host) && !conditions.present(Kind.MUTE, host);
    }

    private String id(Instant instant) {
        return "world-" + Long.toHexString(seed) + "/" + instant.toEpochMilli();
    }

    private Batch batch(Instant instant, int index, Conditions conditions, LinkSight links, Exchange exchange) {
        SimulatedHost host = population.hosts().get(index);
        Noise own = noise.named(host.name());
        HostWeather weather = HostWeather.at(instant, index, host, conditions, own);
        List<Measurement> connections = links.of(index);
        HostSight sight =
                new HostSight(instant, weather, own, conditions.present(Kind.MAP_DOWN, index), connections, exchange);
        List<Measurement> points = new ArrayList<>();
        points.add(sight.host());
        points.addAll(sight.parts());
        points.addAll(sight.maps());
        points.addAll(sight.streams());
        points.addAll(connections);
        return new Batch(host.name(), id(instant), host.labels(), List.copyOf(points));
    }
}
