package io.peerscope.simulator.world;

import io.peerscope.simulator.world.Incident.Kind;
import java.time.Instant;

/**
 * What drives everything a host reports at one instant: how many play there, how hard it works for them, and what is
 * wrong with it.
 *
 * @param players on each of its maps, in the order of its maps
 * @param strain 0 idle, 1 at the end of its strength
 */
record HostWeather(SimulatedHost host, int[] players, double strain, double overload, double leak, double errors) {
    private static final long WANDERING_MILLIS = 8 * 60_000;

    static HostWeather at(Instant at, int index, SimulatedHost host, Conditions conditions, Noise noise) {
        long millis = at.toEpochMilli();
        double overload = conditions.strength(Kind.OVERLOAD, index);
        double wandering = 1 + 0.25 * noise.named("players").walk(millis, WANDERING_MILLIS);
        double total = host.capacity() * host.region().awake(at) * wandering * (1 + 2.4 * overload);
        int[] players = new int[host.maps().size()];
        int online = 0;
        for (int map = 0; map < players.length; map++) {
            boolean down = map == 0 && conditions.present(Kind.MAP_DOWN, index);
            double drift = 1 + 0.15 * noise.named("map-" + map).walk(millis, WANDERING_MILLIS / 2);
            players[map] =
                    down ? 0 : (int) Math.round(total * host.maps().get(map).popularity() * drift);
            online += players[map];
        }
        double work = online / host.capacity() * 0.48 + 0.08;
        double restless = 0.06 * noise.named("strain").walk(millis, 90_000);
        double strain = Math.min(1, Math.max(0.02, Math.max(work + restless, 0.97 * overload)));
        return new HostWeather(
                host,
                players,
                strain,
                overload,
                conditions.strength(Kind.MEMORY_LEAK, index),
                conditions.strength(Kind.ERRORS, index));
    }

    int online() {
        int sum = 0;
        for (int onMap : players) {
            sum += onMap;
        }
        return sum;
    }
}
