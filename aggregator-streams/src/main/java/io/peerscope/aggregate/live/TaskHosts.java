package io.peerscope.aggregate.live;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.PatientClock;
import io.peerscope.aggregate.network.NetworkTotals;
import io.peerscope.contracts.point.PointBatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The live state of all hosts of one partition. Shows a host at once when it was not shown within the last second, else
 * with the next tick. A host is kept in the store when it is shown; so a crash may take back the live view of a host
 * that reports several times a second by less than a second, until it reports again. Not thread-safe.
 */
public final class TaskHosts {
    private final Supplier<LiveConfig> config;
    private final AggregatorMeter meter;
    private final HostShelf shelf;
    private final PatientClock clock = new PatientClock();
    private final Map<String, LiveHost> hosts = new HashMap<>();
    private final Set<String> unshown = new HashSet<>();

    /** Where hosts are kept and shown. */
    public interface HostShelf {
        void load(Map<String, LiveHost> into);

        /** Keeps the host over restarts and tells the world. */
        void show(String name, LiveHost host, long wallClock);

        void forget(String name, long wallClock);

        /** What was concluded of a host, for rules. */
        void conclude(PointBatch derived);
    }

    public TaskHosts(Supplier<LiveConfig> config, AggregatorMeter meter, HostShelf shelf) {
        this.config = config;
        this.meter = meter;
        this.shelf = shelf;
        shelf.load(hosts);
    }

    public void add(PointBatch batch, long receivedAt, long wallClock) {
        String name = batch.host();
        LiveHost host = hosts.get(name);
        if (host == null) {
            host = new LiveHost(config, name, receivedAt);
            hosts.put(name, host);
        }
        long skew = host.clockSkew();
        int refused = host.hear(batch, receivedAt, clock.elapsed());
        if (host.clockSkew() != skew) {
            shelf.conclude(ClockError.of(batch, host.clockSkew(), receivedAt));
        }
        if (refused > 0) {
            meter.truncated(refused);
        }
        if (host.mayEmit(wallClock)) {
            shelf.show(name, host, wallClock);
            unshown.remove(name);
        } else {
            unshown.add(name);
        }
    }

    /** Once a second: judges silence, shows what was held back. */
    public NetworkTotals tick(long wallClock) {
        clock.tick(wallClock);
        NetworkTotals.Sum sum = new NetworkTotals.Sum();
        Iterator<Map.Entry<String, LiveHost>> all = hosts.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, LiveHost> entry = all.next();
            LiveHost host = entry.getValue();
            switch (host.judge(clock.elapsed(), wallClock)) {
                case SAME -> {}
                case CHANGED -> shelf.show(entry.getKey(), host, wallClock);
                case FORGOTTEN -> {
                    shelf.forget(entry.getKey(), wallClock);
                    all.remove();
                }
            }
            host.addTo(sum, wallClock);
        }
        showHeldBack(wallClock);
        return sum.total();
    }

    private void showHeldBack(long wallClock) {
        Iterator<String> held = unshown.iterator();
        while (held.hasNext()) {
            String name = held.next();
            LiveHost host = hosts.get(name);
            if (host == null) {
                held.remove();
            } else if (host.mayEmit(wallClock)) {
                shelf.show(name, host, wallClock);
                held.remove();
            }
        }
    }
}
