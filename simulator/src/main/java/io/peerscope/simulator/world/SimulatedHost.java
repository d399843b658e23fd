package io.peerscope.simulator.world;

import java.util.List;
import java.util.Map;

/**
 * What does not change about a host.
 *
 * @param capacity players it carries with ease
 * @param vps a rented server; otherwise a player's own machine
 */
record SimulatedHost(
        String name, Region region, boolean vps, double capacity, List<SimulatedMap> maps, List<String> streams) {

    Map<String, String> labels() {
        return Map.of("region", region.label(), "simulated", "true");
    }

    /** @param popularity its share of the players of its host, 0 to 1 */
    record SimulatedMap(String name, double popularity) {}
}
