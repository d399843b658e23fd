package io.peerscope.simulator.world;

import io.peerscope.simulator.Batch;
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
            if (!conditions.present(Kind.SILENCE, index) && !conditions.present(Kind.MUTE, index)) {
                batches.add(batch(instant, index, conditions, links, exchange));
            }
        }
        return batches;
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
        String id = "world-" + Long.toHexString(seed) + "/" + instant.toEpochMilli();
        return new Batch(host.name(), id, host.labels(), List.copyOf(points));
    }
}
