package io.peerscope.query.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who carries the network: what each host gave its peers and took from them over some time.
 *
 * @param upBytes of all hosts together
 * @param takers hosts that took a megabyte or more
 * @param freeRiders of these, how many gave back less than a tenth
 * @param freeRiderShare of these, from 0 to 1; null where nobody took anything
 * @param topTenthShare what part of all that was given the most generous tenth of the hosts gave, one host at least
 * @param hosts who gave most first
 */
public record Contribution(
        double upBytes,
        double downBytes,
        int takers,
        int freeRiders,
        @Nullable Double freeRiderShare,
        @Nullable Double topTenthShare,
        List<Share> hosts) {

    private static final double WORTH_COUNTING_BYTES = 1_000_000;
    private static final double FREE_RIDE = 0.1;
    private static final double TENTH = 0.1;

    /**
     * @param upBytes null where it does not say what it sends
     * @param share of all that was given, from 0 to 1
     * @param ratio what it gave of what it took; null where it took nothing or says nothing
     */
    public record Share(
            String host,
            @Nullable Double upBytes,
            @Nullable Double downBytes,
            @Nullable Double share,
            @Nullable Double ratio,
            boolean freeRider) {}

    /** Bytes by host; a host is in a map only if it tells. */
    public static Contribution of(Map<String, Double> up, Map<String, Double> down) {
        double given = sum(up);
        TreeSet<String> names = new TreeSet<>(up.keySet());
        names.addAll(down.keySet());
        List<Share> hosts = new ArrayList<>();
        int takers = 0;
        int riders = 0;
        for (String name : names) {
            Double gave = up.get(name);
            Double took = down.get(name);
            boolean taker = took != null && took >= WORTH_COUNTING_BYTES;
            Double ratio = gave == null || took == null || took <= 0 ? null : (Double) (gave / took);
            boolean rides = taker && ratio != null && ratio < FREE_RIDE;
            takers += taker ? 1 : 0;
            riders += rides ? 1 : 0;
            hosts.add(new Share(
                    name, gave, took, gave == null || given <= 0 ? null : (Double) (gave / given), ratio, rides));
        }
        hosts.sort(Comparator.comparingDouble((Share share) -> share.upBytes() == null ? -1 : -share.upBytes())
                .thenComparing(Share::host));
        return new Contribution(
                given,
                sum(down),
                takers,
                riders,
                takers == 0 ? null : (Double) ((double) riders / takers),
                topTenth(up, given),
                List.copyOf(hosts));
    }

    private static double sum(Map<String, Double> bytes) {
        return bytes.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static @Nullable Double topTenth(Map<String, Double> up, double given) {
        if (given <= 0) {
            return null;
        }
        long top = Math.max(1, Math.round(up.size() * TENTH));
        return up.values().stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(top)
                        .mapToDouble(Double::doubleValue)
                        .sum()
                / given;
    }

    /**
     * How much of some content came from peers.
     *
     * @param ratio from 0 to 1; null where nothing came
     */
    public record Offload(
            String content,
            double peerBytes,
            double serverBytes,
            @Nullable Double ratio) {

        public static Offload of(String content, double peerBytes, double serverBytes) {
            double all = peerBytes + serverBytes;
            return new Offload(content, peerBytes, serverBytes, all > 0 ? (Double) (peerBytes / all) : null);
        }

        /** By content, the largest first. */
        public static List<Offload> of(Map<String, Double> fromPeers, Map<String, Double> fromServers) {
            Map<String, Double> all = new TreeMap<>(fromPeers);
            fromServers.forEach((content, bytes) -> all.merge(content, bytes, Double::sum));
            return all.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .map(each -> of(
                            each.getKey(),
                            fromPeers.getOrDefault(each.getKey(), 0.0),
                            fromServers.getOrDefault(each.getKey(), 0.0)))
                    .toList();
        }
    }
}
