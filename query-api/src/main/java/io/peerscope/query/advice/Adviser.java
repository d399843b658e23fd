package io.peerscope.query.advice;

import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.MapLive;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for what would make the network better, and afterwards whether it did. Knows no past. */
public final class Adviser {
    /** Nobody moves anything for less. */
    private static final double LEAST_GAIN_MS = 10;

    private static final double LEAST_GAIN_SHARE = 0.1;
    private static final double SLOW_LINK_MS = 100;
    private static final double LEAST_DETOUR_GAIN = 20;

    /** A host that reaches so many of those who are concerned is known well enough to be compared. */
    private static final double COVERAGE = 0.8;

    private static final int FEWEST_PEERS = 2;
    private static final int MOST_OF_A_KIND = 100;
    private static final int MOST_BRIDGES = 20;
    private static final int MOST_RECOMMENDED = 5;

    private final double minHeadroom;

    /** @param minHeadroom what a host must have left of everything, from 0 to 1, to be asked to do more */
    public Adviser(double minHeadroom) {
        this.minHeadroom = minHeadroom;
    }

    public List<Advice> advise(Picture picture, Instant now) {
        List<Advice> all = new ArrayList<>();
        all.addAll(moves(picture, now));
        all.addAll(detours(picture, now));
        all.addAll(secondLinks(picture, now));
        return all;
    }

    /** Greedy, the largest gain first; no host is asked to take more than one map at a time. */
    private List<Advice> moves(Picture picture, Instant now) {
        List<Advice> moves = new ArrayList<>();
        for (HostLive host : picture.hosts()) {
            if (picture.present(host.host())) {
                busiest(picture.maps(host)).ifPresent(map -> moves.addAll(moves(picture, host.host(), map, now)));
            }
        }
        moves.sort(Comparator.comparingDouble(Advice::gain).reversed().thenComparing(Advice::id));
        Set<String> from = new HashSet<>();
        Set<String> to = new HashSet<>();
        List<Advice> chosen = new ArrayList<>();
        for (Advice move : moves) {
            if (chosen.size() < MOST_OF_A_KIND && !from.contains(move.from()) && !to.contains(move.to())) {
                from.add(move.from());
                to.add(move.to());
                chosen.add(move);
            }
        }
        return chosen;
    }

    private static Optional<MapLive> busiest(List<MapLive> maps) {
        return maps.stream()
                .max(Comparator.comparingDouble(Adviser::players)
                        .thenComparing(MapLive::map, Comparator.reverseOrder()));
    }

    private static double players(MapLive map) {
        return map.fields().getOrDefault("player_count", 0.0);
    }

    private List<Advice> moves(Picture picture, String from, MapLive map, Instant now) {
        Map<String, Double> served = playing(picture, from);
        Set<String> candidates = new TreeSet<>();
        served.keySet().forEach(peer -> candidates.addAll(picture.peers(peer).keySet()));
        candidates.remove(from);
        List<Advice> moves = new ArrayList<>();
        for (String to : candidates) {
            Double headroom = picture.headroom(to, players(map));
            if (able(picture, to, headroom) && picture.map(to, map.map()).isEmpty()) {
                move(picture, from, to, map.map(), headroom, now).ifPresent(moves::add);
            }
        }
        return moves;
    }

    private static Optional<Advice> move(
            Picture picture, String from, String to, String map, @Nullable Double headroom, Instant now) {
        List<String> compared = new ArrayList<>();
        double before = 0;
        double after = 0;
        int others = 0;
        for (Map.Entry<String, Double> peer : playing(picture, from).entrySet()) {
            if (!peer.getKey().equals(to)) {
                others++;
                Double reached = picture.latency(to, peer.getKey());
                if (reached != null) {
                    compared.add(peer.getKey());
                    before += peer.getValue();
                    after += reached;
                }
            }
        }
        int n = compared.size();
        if (n < FEWEST_PEERS || n < COVERAGE * others || !worthIt(before / n, after / n)) {
            return Optional.empty();
        }
        return Optional.of(Advice.open(
                AdviceKind.MOVE_MAP,
                map,
                from,
                to,
                null,
                compared,
                Advice.LATENCY,
                before / n,
                after / n,
                headroom,
                now,
                picture.simulated(from)));
    }

    /**
     * Who plays on a host, and how far they are: linked hosts that run no map themselves. Where nearly all do, players are hosts
     * at the same time, and all that are linked count.
     */
    private static Map<String, Double> playing(Picture picture, String host) {
        Map<String, Double> linked = picture.peers(host);
        Map<String, Double> players = new TreeMap<>(linked);
        players.keySet().removeIf(picture::runsMaps);
        return players.size() < FEWEST_PEERS ? linked : players;
    }

    private static boolean worthIt(double before, double after) {
        return before - after >= Math.max(LEAST_GAIN_MS, LEAST_GAIN_SHARE * before);
    }

    private boolean able(Picture picture, String host, @Nullable Double headroom) {
        return picture.present(host) && (headroom == null || headroom >= minHeadroom);
    }

    private List<Advice> detours(Picture picture, Instant now) {
        List<Advice> detours = new ArrayList<>();
        for (LinkLive link : picture.links()) {
            Double direct = picture.latency(link.a(), link.b());
            if (direct == null || direct < SLOW_LINK_MS) {
                continue;
            }
            String best = null;
            double shortest = direct - Math.max(LEAST_DETOUR_GAIN, LEAST_GAIN_SHARE * direct);
            for (Map.Entry<String, Double> first : picture.peers(link.a()).entrySet()) {
                Double second = picture.latency(first.getKey(), link.b());
                if (second != null
                        && first.getValue() + second <= shortest
                        && !first.getKey().equals(link.relay())
                        && able(picture, first.getKey(), picture.headroom(first.getKey(), 0))) {
                    best = first.getKey();
                    shortest = first.getValue() + second;
                }
            }
            if (best != null) {
                detours.add(Advice.open(
                        AdviceKind.RELAY_LINK,
                        null,
                        link.a(),
                        link.b(),
                        best,
                        List.of(link.a(), link.b()),
                        Advice.LATENCY,
                        direct,
                        shortest,
                        picture.headroom(best, 0),
                        now,
                        link.simulated()));
            }
        }
        detours.sort(Comparator.comparingDouble(Advice::gain).reversed().thenComparing(Advice::id));
        return List.copyOf(detours.subList(0, Math.min(detours.size(), MOST_OF_A_KIND)));
    }

    private List<Advice> secondLinks(Picture picture, Instant now) {
        List<Advice> links = new ArrayList<>();
        Map<String, Set<String>> neighbours = new HashMap<>();
        for (LinkLive link : picture.links()) {
            neighbours.computeIfAbsent(link.a(), a -> new TreeSet<>()).add(link.b());
            neighbours.computeIfAbsent(link.b(), b -> new TreeSet<>()).add(link.a());
        }
        int looked = 0;
        for (List<String> bridge : picture.bridges()) {
            String a = bridge.getFirst();
            String b = bridge.getLast();
            Optional<String> x = nextTo(picture, neighbours, a, b);
            Optional<String> y = nextTo(picture, neighbours, b, a);
            if (x.isPresent() && y.isPresent() && looked++ < MOST_BRIDGES) {
                int cutOff = Math.min(side(neighbours, a, b), side(neighbours, b, a));
                links.add(Advice.open(
                        AdviceKind.SECOND_LINK,
                        null,
                        x.get(),
                        y.get(),
                        null,
                        List.of(a, b),
                        Advice.HOSTS_CUT_OFF,
                        cutOff,
                        0,
                        picture.headroom(x.get(), 0),
                        now,
                        picture.simulated(a)));
            }
        }
        return links;
    }

    /** The neighbour with most to spare; hosts without any are leaves, whose only link is their own affair. */
    private Optional<String> nextTo(Picture picture, Map<String, Set<String>> neighbours, String end, String otherEnd) {
        return neighbours.getOrDefault(end, Set.of()).stream()
                .filter(host -> !host.equals(otherEnd) && able(picture, host, picture.headroom(host, 0)))
                .min(Comparator.<String>comparingDouble(host -> {
                            Double headroom = picture.headroom(host, 0);
                            return headroom == null ? 0 : -headroom;
                        })
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many hosts hang together with {@code end} without the link to {@code otherEnd}. */
    private static int side(Map<String, Set<String>> neighbours, String end, String otherEnd) {
        Set<String> seen = new HashSet<>(Set.of(end));
        Deque<String> next = new ArrayDeque<>(List.of(end));
        while (!next.isEmpty()) {
            String host = next.removeFirst();
            for (String other : neighbours.getOrDefault(host, Set.of())) {
                boolean theLink = host.equals(end) && other.equals(otherEnd);
                if (!theLink && seen.add(other)) {
                    next.addLast(other);
                }
            }
        }
        return seen.size();
    }

    /** Hosts that this one is not linked with and that must be nearer than those it has, nearest first. */
    public List<Advice> peersFor(String host, Picture picture, Instant now) {
        Map<String, Double> linked = picture.peers(host);
        if (linked.isEmpty()) {
            return List.of();
        }
        double mean = linked.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        Map<String, Double> atMost = new HashMap<>();
        Map<String, String> through = new HashMap<>();
        linked.forEach((peer, first) -> picture.peers(peer).forEach((candidate, second) -> {
            if (!candidate.equals(host)
                    && !linked.containsKey(candidate)
                    && first + second < atMost.getOrDefault(candidate, Double.MAX_VALUE)) {
                atMost.put(candidate, first + second);
                through.put(candidate, peer);
            }
        }));
        return atMost.entrySet().stream()
                .filter(each -> worthIt(mean, each.getValue())
                        && able(picture, each.getKey(), picture.headroom(each.getKey(), 0)))
                .sorted(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_RECOMMENDED)
                .map(each -> Advice.open(
                        AdviceKind.RECOMMEND_PEER,
                        null,
                        host,
                        each.getKey(),
                        null,
                        List.of(through.getOrDefault(each.getKey(), "")),
                        Advice.LATENCY,
                        mean,
                        each.getValue(),
                        picture.headroom(each.getKey(), 0),
                        now,
                        picture.simulated(host)))
                .toList();
    }

    /** Whether somebody has done what was advised. */
    static boolean isApplied(Advice advice, Picture picture) {
        return switch (advice.kind()) {
            case MOVE_MAP ->
                advice.map() != null
                        && picture.map(advice.to(), advice.map()).isPresent()
                        && picture.map(advice.from(), advice.map()).isEmpty();
            case RELAY_LINK ->
                picture.link(advice.from(), advice.to())
                        .filter(link -> link.relay().equals(advice.via()))
                        .isPresent();
            case SECOND_LINK -> picture.link(advice.from(), advice.to()).isPresent();
            case RECOMMEND_PEER -> false;
        };
    }

    /** What it is like afterwards; empty while that cannot be told. */
    static Optional<Double> measured(Advice advice, Picture picture) {
        return switch (advice.kind()) {
            case MOVE_MAP -> {
                double[] known = advice.peers().stream()
                        .map(peer -> Optional.ofNullable(picture.latency(advice.to(), peer)))
                        .flatMap(Optional::stream)
                        .mapToDouble(Double::doubleValue)
                        .toArray();
                yield known.length < COVERAGE * advice.peers().size()
                        ? Optional.empty()
                        : Optional.of(Arrays.stream(known).average().orElse(0));
            }
            case RELAY_LINK, RECOMMEND_PEER -> Optional.ofNullable(picture.latency(advice.from(), advice.to()));
            case SECOND_LINK -> Optional.of(picture.bridges().contains(advice.peers()) ? advice.before() : 0.0);
        };
    }
}
