package io.peerscope.query.network;

import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.PeerTraffic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the links that are up go: directly, or through what.
 *
 * @param links that are up and of which it is known how they go
 * @param relayed of these, how many do not go directly
 * @param share of these, from 0 to 1; null where there are none
 * @param relays by what the relayed ones go, as far as it is named
 * @param groups by the labels of their ends; a link counts for each label of either end, once
 */
public record PathsView(
        int links,
        int relayed,
        @Nullable Double share,
        List<PathClassUse> classes,
        List<Relay> relays,
        List<Group> groups) {

    private static final double MINUTE = 60;

    /**
     * @param minutes that all links together were seen in this class, also such as are not up
     * @param bytesPerSecond over links of this class, as far as their ends report what they send; null where none does
     */
    public record PathClassUse(
            PathClass path,
            int links,
            @Nullable Double share,
            double minutes,
            @Nullable Double bytesPerSecond) {}

    public record Relay(String relay, int links, @Nullable Double bytesPerSecond) {}

    public record Group(String label, String value, int links, int relayed, double share) {}

    private static final class Sum {
        int links;
        int relayed;
        double seconds;

        @Nullable
        Double bytes;

        void carry(@Nullable Double more) {
            if (more != null) {
                bytes = bytes == null ? more : (Double) (bytes + more);
            }
        }
    }

    /** @param by names of the labels to group by; empty: all */
    public static PathsView of(Collection<LinkLive> all, Map<String, HostLive> hosts, Set<String> by) {
        EnumMap<PathClass, Sum> classes = new EnumMap<>(PathClass.class);
        Map<String, Sum> relays = new TreeMap<>();
        Map<Map.Entry<String, String>, Sum> groups = new HashMap<>();
        Map<String, Double> sent = sent(hosts.values());
        int known = 0;
        int relayed = 0;
        for (LinkLive link : all) {
            link.pathSeconds()
                    .forEach((word, seconds) ->
                            classes.computeIfAbsent(PathClass.of(word), path -> new Sum()).seconds += seconds);
            if (!link.up() || link.path() == PathClass.UNKNOWN) {
                continue;
            }
            boolean direct = link.path() == PathClass.DIRECT;
            known++;
            relayed += direct ? 0 : 1;
            Double bytes = added(sent.get(link.a() + ">" + link.b()), sent.get(link.b() + ">" + link.a()));
            Sum ofClass = classes.computeIfAbsent(link.path(), path -> new Sum());
            ofClass.links++;
            ofClass.carry(bytes);
            if (!direct && !link.relay().isEmpty()) {
                Sum ofRelay = relays.computeIfAbsent(link.relay(), relay -> new Sum());
                ofRelay.links++;
                ofRelay.carry(bytes);
            }
            for (Map.Entry<String, String> label : labels(link, hosts, by)) {
                Sum group = groups.computeIfAbsent(label, l -> new Sum());
                group.links++;
                group.relayed += direct ? 0 : 1;
            }
        }
        return new PathsView(
                known,
                relayed,
                share(relayed, known),
                classUses(classes, known),
                relays.entrySet().stream()
                        .map(each -> new Relay(each.getKey(), each.getValue().links, each.getValue().bytes))
                        .sorted(Comparator.comparingInt(Relay::links).reversed().thenComparing(Relay::relay))
                        .toList(),
                groups(groups));
    }

    private static List<PathClassUse> classUses(EnumMap<PathClass, Sum> classes, int known) {
        List<PathClassUse> uses = new ArrayList<>();
        classes.forEach((path, sum) -> {
            if (path != PathClass.UNKNOWN) {
                uses.add(new PathClassUse(
                        path,
                        sum.links,
                        share(sum.links, known),
                        Math.round(sum.seconds / MINUTE * 10) / 10.0,
                        sum.bytes));
            }
        });
        return uses;
    }

    private static List<Group> groups(Map<Map.Entry<String, String>, Sum> groups) {
        return groups.entrySet().stream()
                .map(each -> new Group(
                        each.getKey().getKey(),
                        each.getKey().getValue(),
                        each.getValue().links,
                        each.getValue().relayed,
                        (double) each.getValue().relayed / each.getValue().links))
                .sorted(Comparator.comparingDouble(Group::share)
                        .thenComparingInt(Group::relayed)
                        .reversed()
                        .thenComparing(Group::label)
                        .thenComparing(Group::value))
                .toList();
    }

    private static Map<String, Double> sent(Collection<HostLive> hosts) {
        Map<String, Double> sent = new HashMap<>();
        for (HostLive host : hosts) {
            for (PeerTraffic traffic : host.links().peers()) {
                if (traffic.outBytesPerSecond() != null) {
                    sent.put(host.host() + ">" + traffic.peer(), traffic.outBytesPerSecond());
                }
            }
        }
        return sent;
    }

    private static Set<Map.Entry<String, String>> labels(LinkLive link, Map<String, HostLive> hosts, Set<String> by) {
        Set<Map.Entry<String, String>> labels = new HashSet<>();
        for (String end : List.of(link.a(), link.b())) {
            HostLive host = hosts.get(end);
            if (host != null) {
                host.labels().forEach((name, value) -> {
                    if (by.isEmpty() || by.contains(name)) {
                        labels.add(Map.entry(name, value));
                    }
                });
            }
        }
        return labels;
    }

    private static @Nullable Double added(@Nullable Double one, @Nullable Double other) {
        return one == null ? other : other == null ? one : (Double) (one + other);
    }

    private static @Nullable Double share(int part, int whole) {
        return whole == 0 ? null : (Double) ((double) part / whole);
    }
}
