package io.peerscope.agent.probe;

import io.peerscope.agent.report.Point;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** Decides when to ask whom, and keeps what came back. Thread-safe. */
final class Prober {
    /** Where questions go. */
    @FunctionalInterface
    interface Wire {
        void send(Echo question, InetSocketAddress to);
    }

    private final ProbeTiming timing;
    private final RandomGenerator random;
    private final Map<Peer, Talk> talks = new LinkedHashMap<>();
    private final Map<Long, Talk> bySession = new LinkedHashMap<>();

    Prober(ProbeTiming timing, RandomGenerator random) {
        this.timing = timing;
        this.random = random;
    }

    /**
     * Who is probed from now on. Those that were already keep their history.
     *
     * @param peers with their addresses; empty where the name is not known to the network just now
     */
    synchronized void probe(Map<Peer, Optional<InetSocketAddress>> peers, long now) {
        talks.keySet().retainAll(peers.keySet());
        bySession.values().retainAll(talks.values());
        peers.forEach((peer, address) -> {
            Talk talk = talks.get(peer);
            if (talk == null) {
                talk = new Talk(random.nextLong(), new Link(timing));
                // Spread over the interval, so that a hundred peers are not asked in one moment.
                talk.due = now + (long) (random.nextDouble() * timing.interval().toNanos());
                talks.put(peer, talk);
                bySession.put(talk.session, talk);
            }
            talk.address = address;
        });
    }

    /** Asks whoever is due. */
    synchronized void ask(long now, Wire wire) {
        long interval = timing.interval().toNanos();
        for (Talk talk : talks.values()) {
            if (talk.due - now <= 0) {
                // A machine that slept has not lost the probes it would have sent.
                talk.due = now - talk.due > interval ? now + interval : talk.due + interval;
                talk.address.ifPresent(address ->
                        wire.send(new Echo(Echo.Kind.QUESTION, talk.session, talk.link.probe(now)), address));
            }
        }
    }

    /** Until somebody is due, nanoseconds; at most a second. */
    synchronized long untilDue(long now) {
        long wait = 1_000_000_000;
        for (Talk talk : talks.values()) {
            wait = Math.min(wait, talk.due - now);
        }
        return Math.max(0, wait);
    }

    synchronized void heard(Echo answer, long now) {
        Talk talk = bySession.get(answer.session());
        if (talk != null) {
            talk.link.answered(answer.sequence(), now);
        }
    }

    /** What is known of each peer now, as points. */
    synchronized List<Point> points(long now) {
        List<Point> points = new ArrayList<>();
        talks.forEach((peer, talk) -> points.add(point(peer, talk, talk.link.look(now))));
        return points;
    }

    private static Point point(Peer peer, Talk talk, Sight sight) {
        Map<String, Double> fields = new LinkedHashMap<>();
        Map<String, String> states = new LinkedHashMap<>();
        millis(fields, "latency_ms", sight.roundTrip());
        millis(fields, "jitter_ms", sight.jitter());
        sight.loss().ifPresent(loss -> fields.put("packet_loss", Math.round(loss * 10_000) / 100.0));
        Sight.State state = talk.address.isEmpty() ? Sight.State.FAILED : sight.state();
        states.put("connection_state", state.name().toLowerCase(Locale.ROOT));
        sight.roundTrip().ifPresent(nanos -> {
            double score = Math.round(LinkQuality.score(nanos / 1e6) * 10) / 10.0;
            fields.put("quality_score", score);
            states.put("connection_quality", LinkQuality.level(score));
        });
        return new Point("connection", Map.of("peer", peer.name(), "path", peer.path()), fields, states);
    }

    private static void millis(Map<String, Double> fields, String name, OptionalDouble nanos) {
        nanos.ifPresent(value -> fields.put(name, Math.round(value / 1e3) / 1e3));
    }

    private static final class Talk {
        final long session;
        final Link link;
        Optional<InetSocketAddress> address = Optional.empty();
        long due;

        Talk(long session, Link link) {
            this.session = session;
            this.link = link;
        }
    }
}
