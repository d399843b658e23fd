package io.peerscope.aggregate.network;

import io.peerscope.aggregate.PatientClock;
import io.peerscope.contracts.live.NetworkLive;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest totals of every partition. Lives in memory alone: each partition tells anew every second, and nothing is
 * shown for the first seconds after a start, when some have not told yet.
 */
public final class NewestTotals {
    private static final long EXPIRY = 10_000;
    private static final long WARM_UP = 3_000;

    private final PatientClock clock = new PatientClock();
    private final Map<String, Told> partitions = new HashMap<>();

    private record Told(NetworkTotals totals, long at) {}

    public void put(String partition, NetworkTotals totals) {
        partitions.put(partition, new Told(totals, clock.elapsed()));
    }

    /** Empty while nobody tells: silence of the aggregator is not an empty network. */
    public Optional<NetworkLive> tick(long wallClock) {
        clock.tick(wallClock);
        partitions.values().removeIf(told -> clock.elapsed() - told.at() > EXPIRY);
        if (clock.elapsed() < WARM_UP) {
            return Optional.empty();
        }
        return partitions.values().stream()
                .map(Told::totals)
                .reduce(NetworkTotals::plus)
                .map(total -> total.view(Instant.ofEpochMilli(wallClock)));
    }
}
