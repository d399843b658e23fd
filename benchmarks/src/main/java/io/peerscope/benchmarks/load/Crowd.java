package io.peerscope.benchmarks.load;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.wire.PreparedRequest;
import io.peerscope.benchmarks.wire.Target;
import io.peerscope.benchmarks.wire.Wire;
import io.peerscope.simulator.load.LoadPlan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Many hosts that send all the time, one after the other on each connection, as fast as the server answers or slower. */
public final class Crowd {
    public static final String PREFIX = "crowd";
    /** The first points lie this far back: newer than those of the phase before, young enough for every window. */
    private static final Duration LOOKS_BACK = Duration.ofSeconds(4);

    private static final long AFTER_REFUSAL_NANOS = Duration.ofMillis(50).toNanos();

    private final List<Member> members = new ArrayList<>();
    private final int samplesPerRequest;
    private final AtomicLong ids;

    /**
     * Prepares everything; nothing is sent yet.
     *
     * @param ids gives no number twice
     */
    public Crowd(Target target, Shape shape, int hosts, long seed, AtomicLong ids) {
        this.samplesPerRequest = shape.samplesPerRequest();
        this.ids = ids;
        List<String> names = hostNames(hosts);
        List<String> fields = fieldNames();
        long newest = System.currentTimeMillis() - LOOKS_BACK.toMillis();
        for (int connection = 0; connection < shape.connections(); connection++) {
            List<PreparedRequest> mine = new ArrayList<>();
            for (int host = connection; host < hosts; host += shape.connections()) {
                mine.add(PreparedRequest.of(target, names.get(host), shape.points(), fields, seed, newest));
            }
            members.add(new Member(target, mine));
        }
    }

    public static List<String> fieldNames() {
        return LoadPlan.of(1, Shape.FIELDS, Instant.EPOCH).fieldNames();
    }

    private static List<String> hostNames(int hosts) {
        return new LoadPlan(PREFIX, hosts, Shape.FIELDS, Instant.EPOCH, Duration.ofSeconds(5)).hostNames();
    }

    /** @param samplesPerSecond of all connections together; 0: as fast as it goes */
    public Sent send(Duration time, double samplesPerSecond) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        double requestsPerSecond = samplesPerSecond / samplesPerRequest / members.size();
        CountDownLatch done = new CountDownLatch(members.size());
        for (Member member : members) {
            Thread.ofPlatform().daemon().name("crowd").start(() -> {
                try {
                    member.send(Pace.of(requestsPerSecond, begin), end);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        return sum((System.nanoTime() - begin) / 1e9);
    }

    private Sent sum(double seconds) {
        Distribution all = new Distribution();
        members.forEach(member -> member.acknowledged.addTo(all));
        return new Sent(
                seconds,
                members.stream().mapToLong(member -> member.requests).sum(),
                members.stream().mapToLong(member -> member.accepted).sum(),
                all.summary(),
                members.stream().mapToLong(member -> member.refused).sum(),
                members.stream().mapToLong(member -> member.broken).sum());
    }

    /** One connection and the hosts that speak on it. */
    private final class Member {
        private final Target target;
        private final List<PreparedRequest> mine;
        private final Distribution acknowledged = new Distribution();
        private long requests;
        private long accepted;
        private long refused;
        private long broken;

        Member(Target target, List<PreparedRequest> mine) {
            this.target = target;
            this.mine = mine;
        }

        void send(Pace pace, long end) {
            while (System.nanoTime() < end) {
                try (Wire wire = Wire.open(target)) {
                    while (System.nanoTime() < end) {
                        pace.await();
                        sendOne(wire);
                    }
                } catch (IOException e) {
                    broken++;
                    LockSupport.parkNanos(AFTER_REFUSAL_NANOS);
                }
            }
        }

        private void sendOne(Wire wire) throws IOException {
            PreparedRequest request = mine.get((int) (requests % mine.size()));
            byte[] bytes = request.stamped(ids.incrementAndGet(), System.currentTimeMillis());
            long sent = System.nanoTime();
            requests++;
            Wire.Reply reply = wire.exchange(bytes);
            accepted += reply.accepted();
            if (reply.status() == 200) {
                acknowledged.add((System.nanoTime() - sent) / 1000);
            } else {
                refused++;
                LockSupport.parkNanos(AFTER_REFUSAL_NANOS);
            }
        }
    }
}
