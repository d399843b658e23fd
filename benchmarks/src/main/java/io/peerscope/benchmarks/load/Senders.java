package io.peerscope.benchmarks.load;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.wire.Request;
import io.peerscope.benchmarks.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Connections, each of which sends its own requests in turn: the next one when the last one was answered, or later. */
public final class Senders {
    private static final long AFTER_REFUSAL_NANOS = Duration.ofMillis(50).toNanos();

    private final URI server;
    private final List<Member> members;
    private final AtomicLong ids;

    /**
     * @param requests of each connection
     * @param ids gives no number twice
     */
    public Senders(URI server, List<List<Request>> requests, AtomicLong ids) {
        this.server = server;
        this.members = requests.stream().map(Member::new).toList();
        this.ids = ids;
    }

    /**
     * May be called again; every connection goes on where it was.
     *
     * @param requestsPerSecond of all connections together; 0: as fast as it goes
     */
    public Sent send(Duration time, double requestsPerSecond) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Tally> tallies = members.stream().map(member -> new Tally()).toList();
        CountDownLatch done = new CountDownLatch(members.size());
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            Tally tally = tallies.get(i);
            Thread.ofPlatform().daemon().name("sender").start(() -> {
                try {
                    member.send(Pace.of(requestsPerSecond / members.size(), begin), end, tally);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        return sum(tallies, (System.nanoTime() - begin) / 1e9);
    }

    private static Sent sum(List<Tally> tallies, double seconds) {
        Distribution all = new Distribution();
        tallies.forEach(tally -> tally.acknowledged.addTo(all));
        return new Sent(
                seconds,
                tallies.stream().mapToLong(tally -> tally.requests).sum(),
                tallies.stream().mapToLong(tally -> tally.accepted).sum(),
                all.summary(),
                tallies.stream().mapToLong(tally -> tally.refused).sum(),
                tallies.stream().mapToLong(tally -> tally.broken).sum());
    }

    /** What became of the requests of one connection. */
    private static final class Tally {
        private final Distribution acknowledged = new Distribution();
        private long requests;
        private long accepted;
        private long refused;
        private long broken;
    }

    /** One connection and what is sent on it. */
    private final class Member {
        private final List<Request> mine;
        private int next;

        Member(List<Request> mine) {
            this.mine = mine;
        }

        void send(Pace pace, long end, Tally tally) {
            while (System.nanoTime() < end) {
                try (Wire wire = Wire.open(server)) {
                    while (System.nanoTime() < end) {
                        pace.await();
                        sendOne(wire, tally);
                    }
                } catch (IOException e) {
                    tally.broken++;
                    LockSupport.parkNanos(AFTER_REFUSAL_NANOS);
                }
            }
        }

        private void sendOne(Wire wire, Tally tally) throws IOException {
            Request request = mine.get(next);
            next = (next + 1) % mine.size();
            byte[] bytes = request.stamped(ids.incrementAndGet(), System.currentTimeMillis());
            long sent = System.nanoTime();
            tally.requests++;
            Wire.Reply reply = wire.exchange(bytes);
            if (reply.status() / 100 == 2) {
                tally.accepted += reply.accepted() == Wire.Reply.NOT_SAID ? request.samples() : reply.accepted();
                tally.acknowledged.add((System.nanoTime() - sent) / 1000);
            } else {
                tally.refused++;
                LockSupport.parkNanos(AFTER_REFUSAL_NANOS);
            }
        }
    }
}
