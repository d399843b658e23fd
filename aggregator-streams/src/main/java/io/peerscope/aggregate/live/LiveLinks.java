package io.peerscope.aggregate.live;

import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.PeerQuality;
import io.peerscope.contracts.live.PeerTraffic;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host's own view of its connections, one for each peer. */
final class LiveLinks {
    private static final String LATENCY = "latency_ms";
    private static final String LOSS = "packet_loss";
    private static final double IMPAIRED_LATENCY_MS = 200;
    private static final double IMPAIRED_LOSS_PERCENT = 5;

    /** How many of those that serve worst are named, by each measure. */
    private static final int WORST = 3;

    /** All that is asked of a link here. */
    private static final Shape JUDGED = Shape.sorted(LATENCY, LOSS);

    private final int bound;
    private final Map<String, Link> links = new HashMap<>();

    LiveLinks(int bound) {
        this.bound = bound;
    }

    /** @return 1 where there was no room for the link */
    int observe(Point point, long now) {
        String peer = peer(point.subject());
        Link link = links.get(peer);
        if (link == null) {
            if (point.isEnd()) {
                return 0;
            }
            if (links.size() >= bound && !dropStale(now)) {
                return 1;
            }
            link = new Link(point.subject());
            links.put(peer, link);
        }
        link.observe(point);
        if (link.values.isEmpty() && point.isEnd()) {
            links.remove(peer);
        }
        return 0;
    }

    /** A path that changes is still the same link. */
    private static String peer(Subject subject) {
        String peer = subject.labels().get("peer");
        return peer.isEmpty() ? subject.labels().canonical() : peer;
    }

    boolean dropStale(long now) {
        return links.values().removeIf(link -> !link.fresh(now));
    }

    Totals totals(long now) {
        Totals totals = new Totals();
        for (Link link : links.values()) {
            if (link.fresh(now)) {
                totals.add(link, now - LiveConfig.LINK_FRESH_MILLIS);
            }
        }
        return totals;
    }

    List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (Link link : links.values()) {
            Map<Long, Map<String, Double>> instants = link.values.byTime();
            link.traffic.remembered().forEach((time, bytes) -> instants.computeIfAbsent(time, t -> new TreeMap<>())
                    .putAll(bytes));
            instants.forEach((time, fields) -> points.add(Point.of(link.subject, time, fields)));
        }
        return points;
    }

    /** Sums over the fresh links. */
    static final class Totals {
        int fresh;
        int impaired;
        int withLatency;
        double latencySum;
        private final List<PeerTraffic> traffic = new ArrayList<>();
        private final List<PeerQuality> measured = new ArrayList<>();

        private void add(Link link, long since) {
            fresh++;
            link.traffic.view(peer(link.subject), since).ifPresent(traffic::add);
            OptionalDouble latency = link.values.get(LATENCY, since);
            OptionalDouble loss = link.values.get(LOSS, since);
            if (latency.isPresent()) {
                withLatency++;
                latencySum += latency.getAsDouble();
            }
            if (latency.isPresent() || loss.isPresent()) {
                measured.add(new PeerQuality(peer(link.subject), boxed(latency), boxed(loss)));
            }
            if (latency.orElse(0) > IMPAIRED_LATENCY_MS || loss.orElse(0) > IMPAIRED_LOSS_PERCENT) {
                impaired++;
            }
        }

        LinksLive view() {
            return new LinksLive(
                    fresh,
                    impaired,
                    withLatency == 0 ? null : latencySum / withLatency,
                    sum(PeerTraffic::inBytesPerSecond),
                    sum(PeerTraffic::outBytesPerSecond),
                    traffic.stream()
                            .sorted(Comparator.comparing(PeerTraffic::peer))
                            .toList(),
                    worst());
        }

        private List<PeerQuality> worst() {
            return Stream.concat(most(PeerQuality::latencyMs), most(PeerQuality::packetLoss))
                    .distinct()
                    .toList();
        }

        private Stream<PeerQuality> most(Function<PeerQuality, @Nullable Double> measure) {
            return measured.stream()
                    .filter(link -> value(measure, link) > 0)
                    .sorted(Comparator.comparingDouble((PeerQuality link) -> -value(measure, link))
                            .thenComparing(PeerQuality::peer))
                    .limit(WORST);
        }

        private static double value(Function<PeerQuality, @Nullable Double> measure, PeerQuality link) {
            Double value = measure.apply(link);
            return value == null ? 0 : value;
        }

        private static @Nullable Double boxed(OptionalDouble value) {
            return value.isPresent() ? (Double) value.getAsDouble() : null;
        }

        private @Nullable Double sum(Function<PeerTraffic, @Nullable Double> direction) {
            double[] known = traffic.stream()
                    .map(direction)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            return known.length == 0 ? null : (Double) Arrays.stream(known).sum();
        }
    }

    private static final class Link {
        private final LatestValues values = LatestValues.only(JUDGED);
        private final LinkTraffic traffic = new LinkTraffic();
        private Subject subject;
        private long lastSeen = Long.MIN_VALUE;

        Link(Subject subject) {
            this.subject = subject;
        }

        void observe(Point point) {
            values.update(point.shape(), point.timestamp(), point.values());
            traffic.observe(point);
            if (point.timestamp() >= lastSeen) {
                lastSeen = point.timestamp();
                subject = point.subject();
            }
        }

        boolean fresh(long now) {
            return now - lastSeen <= LiveConfig.LINK_FRESH_MILLIS;
        }
    }
}
