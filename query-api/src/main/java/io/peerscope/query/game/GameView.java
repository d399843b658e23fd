package io.peerscope.query.game;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.MapLive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Players, monsters, items and money of the hosts that are up, as they say now. Null is what nobody tells.
 *
 * @param hosting players and maps by {@code p2p}, {@code vps}, or "" where the host does not say
 * @param regions players and maps by the label region of the host, "" where it has none
 * @param hosts those with most players first
 */
public record GameView(Totals totals, List<Part> hosting, List<Part> regions, List<Host> hosts) {

    private static final String PLAYERS = "player_count";

    public record Totals(
            int maps,
            @Nullable Double players,
            @Nullable Double mobs,
            @Nullable Double npcs,
            @Nullable Double items,
            @Nullable Double currency) {}

    public record Part(String name, int maps, @Nullable Double players) {}

    /** @param slowestTickMs of its maps, else of itself */
    public record Host(
            String host,
            String region,
            int maps,
            @Nullable Double players,
            @Nullable Double mobs,
            @Nullable Double items,
            @Nullable Double currency,
            @Nullable Double slowestTickMs,
            boolean simulated) {}

    public static GameView of(Collection<HostLive> all) {
        List<HostLive> up = all.stream()
                .filter(host -> host.status() == HostStatus.UP || host.status() == HostStatus.DEGRADED)
                .toList();
        List<Host> hosts = new ArrayList<>();
        Map<String, Tally> hosting = new TreeMap<>();
        Map<String, Tally> regions = new TreeMap<>();
        Tally npcs = new Tally();
        for (HostLive host : up) {
            Host row = host(host);
            if (row.maps() > 0 || row.players() != null) {
                hosts.add(row);
                tally(regions, row.region()).add(row.maps(), row.players());
            }
            for (MapLive map : host.maps()) {
                tally(hosting, map.hosting()).add(1, map.fields().get(PLAYERS));
            }
            npcs.add(0, of(host, "npc_count"));
        }
        hosts.sort(Comparator.comparingDouble((Host host) -> host.players() == null ? 1 : -host.players())
                .thenComparing(Host::host));
        return new GameView(
                new Totals(
                        hosts.stream().mapToInt(Host::maps).sum(),
                        sum(hosts.stream().map(Host::players).toList()),
                        sum(hosts.stream().map(Host::mobs).toList()),
                        npcs.sum,
                        sum(hosts.stream().map(Host::items).toList()),
                        sum(hosts.stream().map(Host::currency).toList())),
                parts(hosting),
                parts(regions),
                List.copyOf(hosts));
    }

    private static Host host(HostLive host) {
        Double tick = host.maps().stream()
                .map(map -> map.fields().get("tick_ms"))
                .filter(value -> value != null)
                .max(Comparator.naturalOrder())
                .orElse(host.fields().get("tick_ms"));
        return new Host(
                host.host(),
                host.labels().getOrDefault("region", ""),
                host.maps().size(),
                of(host, PLAYERS),
                of(host, "mob_count"),
                of(host, "item_count"),
                of(host, "currency_supply"),
                tick,
                host.simulated());
    }

    /** As the host says of itself, else of its maps together. */
    private static @Nullable Double of(HostLive host, String field) {
        Double said = host.fields().get(field);
        return said != null
                ? said
                : sum(host.maps().stream().map(map -> map.fields().get(field)).toList());
    }

    private static @Nullable Double sum(List<? extends @Nullable Double> values) {
        Tally tally = new Tally();
        values.forEach(value -> tally.add(0, value));
        return tally.sum;
    }

    private static Tally tally(Map<String, Tally> tallies, String name) {
        return tallies.computeIfAbsent(name, n -> new Tally());
    }

    private static List<Part> parts(Map<String, Tally> tallies) {
        return tallies.entrySet().stream()
                .map(each -> new Part(each.getKey(), each.getValue().maps, each.getValue().sum))
                .toList();
    }

    private static final class Tally {
        int maps;

        @Nullable
        Double sum;

        void add(int more, @Nullable Double value) {
            maps += more;
            if (value != null) {
                sum = sum == null ? value : (Double) (sum + value);
            }
        }
    }
}
