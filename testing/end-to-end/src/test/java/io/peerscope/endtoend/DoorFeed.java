package io.peerscope.endtoend;

import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Measurement;
import io.peerscope.simulator.send.Outcome;
import io.peerscope.simulator.send.PointSender;
import io.peerscope.simulator.send.SenderSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Hosts that report through ingest, now and about the last hours: some batches come twice under one id, some points again
 * in another batch, and the clocks of some hosts are hours ahead. Whatever fails is sent again until it is answered.
 */
final class DoorFeed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Before then minutes are closed. */
    private static final Duration CLOSED = Duration.ofSeconds(90);
    /** Reached back to by what was held up. */
    private static final Duration HOLD_UP = Duration.ofHours(5);

    private final Random random;
    private final List<Host> hosts;
    private final PointSender right;
    private final PointSender ahead;
    private final Clock clock;
    private final boolean live;
    private int number;

    /** @param error by which its clock is ahead */
    private record Host(String name, Duration error) {}

    /** What one host said of one instant: the values, and when it truly was. The field {@code seq} is no other's. */
    record Said(String host, double seq, Instant at, Map<String, Double> fields, boolean clockIsRight) {}

    /** @param live whether some of it is of this moment; then it takes a minute and more until all windows are closed */
    DoorFeed(SenderSettings settings, Clock clock, int hostsOfEachKind, boolean live, long seed) {
        this.live = live;
        this.random = new Random(seed);
        this.clock = clock;
        Duration error = Duration.ofHours(2);
        List<Host> all = new ArrayList<>();
        for (int i = 0; i < hostsOfEachKind; i++) {
            all.add(new Host("door-" + i, Duration.ZERO));
            all.add(new Host("ahead-" + i, error));
        }
        this.hosts = List.copyOf(all);
        SenderSettings patient = settings.givingUpAfter(PATIENCE);
        this.right = new PointSender(patient, clock);
        this.ahead = new PointSender(patient, Clock.offset(clock, error));
    }

    List<String> hostNames() {
        return hosts.stream().map(Host::name).toList();
    }

    /** One batch of each host. @return what they said, all of it acknowledged */
    List<Said> round() {
        List<Said> said = new ArrayList<>();
        List<CompletableFuture<Outcome>> underWay = new ArrayList<>();
        for (Host host : hosts) {
            List<Said> points = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                points.add(point(host));
            }
            said.addAll(points);
            Collections.shuffle(points, random);
            underWay.addAll(send(host, points));
        }
        for (CompletableFuture<Outcome> each : underWay) {
            if (!(each.join() instanceof Outcome.Accepted accepted) || accepted.rejected() > 0) {
                throw new AssertionError("not taken: " + each.join());
            }
        }
        return said;
    }

    private Said point(Host host) {
        // a number of milliseconds that no other point of the run has, so that no two are of one instant
        number++;
        Instant held = clock.instant()
                .minusMillis(
                        live && random.nextInt(3) > 0
                                ? random.nextInt(500)
                                : CLOSED.toMillis() + random.nextInt((int) HOLD_UP.toMillis()));
        Instant at = Instant.ofEpochMilli(held.toEpochMilli() / 1000 * 1000 - 1000 + number % 1000);
        Map<String, Double> fields =
                Map.of("seq", (double) number, "cpu_usage", random.nextInt(400) / 4.0, "bytes_sent", (double)
                        random.nextInt(9999));
        return new Said(host.name(), number, at, fields, host.error().isZero());
    }

    private List<CompletableFuture<Outcome>> send(Host host, List<Said> points) {
        List<Measurement> measured = points.stream()
                .map(point ->
                        new Measurement("host", Map.of(), point.at().plus(host.error()), point.fields(), Map.of()))
                .toList();
        PointSender sender = host.error().isZero() ? right : ahead;
        Batch batch = new Batch(host.name(), "door/" + number, Map.of(), measured);
        List<CompletableFuture<Outcome>> underWay = new ArrayList<>(List.of(sender.send(batch)));
        if (random.nextInt(4) == 0) {
            underWay.add(sender.send(batch));
        }
        if (host.error().isZero() && random.nextInt(6) == 0) {
            underWay.add(sender.send(new Batch(host.name(), "again/" + number, Map.of(), measured)));
        }
        return underWay;
    }

    @Override
    public void close() {
        right.close();
        ahead.close();
    }
}
