package io.peerscope.benchmarks.load;

import io.peerscope.benchmarks.wire.PreparedRequest;
import io.peerscope.benchmarks.wire.Request;
import io.peerscope.benchmarks.wire.Target;
import io.peerscope.simulator.load.LoadPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Many hosts that send all the time, one after the other on each connection, as fast as the server answers or slower. */
public final class Crowd {
    public static final String PREFIX = "crowd";
    /** The first points lie this far back: newer than those of the phase before, young enough for every window. */
    private static final Duration LOOKS_BACK = Duration.ofSeconds(4);

    private final Senders senders;
    private final int samplesPerRequest;

    /**
     * Prepares everything; nothing is sent yet.
     *
     * @param ids gives no number twice
     */
    public Crowd(Target target, Shape shape, int hosts, long seed, AtomicLong ids) {
        this.samplesPerRequest = shape.samplesPerRequest();
        List<String> names = hostNames(hosts);
        List<String> fields = fieldNames();
        long newest = System.currentTimeMillis() - LOOKS_BACK.toMillis();
        List<List<Request>> all = new ArrayList<>();
        for (int connection = 0; connection < shape.connections(); connection++) {
            List<Request> mine = new ArrayList<>();
            for (int host = connection; host < hosts; host += shape.connections()) {
                mine.add(PreparedRequest.of(target, names.get(host), shape.points(), fields, seed, newest));
            }
            all.add(mine);
        }
        this.senders = new Senders(target.server(), all, ids);
    }

    public static List<String> fieldNames() {
        return LoadPlan.of(1, Shape.FIELDS, Instant.EPOCH).fieldNames();
    }

    private static List<String> hostNames(int hosts) {
        return new LoadPlan(PREFIX, hosts, Shape.FIELDS, Instant.EPOCH, Duration.ofSeconds(5)).hostNames();
    }

    /** @param samplesPerSecond of all connections together; 0: as fast as it goes */
    public Sent send(Duration time, double samplesPerSecond) throws InterruptedException {
        return senders.send(time, samplesPerSecond / samplesPerRequest);
    }
}
