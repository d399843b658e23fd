package io.peerscope.query.live;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The list of hosts: which, in which order, with the trouble that alerts know of. */
public final class HostList {
    private HostList() {}

    /**
     * A host in the list.
     *
     * @param maps how many maps it hosts
     */
    public record Row(
            String host,
            HostStatus status,
            Instant firstSeen,
            Instant lastSeen,
            Map<String, String> labels,
            Map<String, Double> fields,
            int maps,
            LinksLive links,
            boolean simulated) {}

    /** A map of a host, in the list of all maps. */
    public record MapRow(
            String map,
            String host,
            String hosting,
            @Nullable Double playerCount,
            @Nullable Double performance,
            String status,
            Instant lastSeen,
            Map<String, Double> fields,
            Map<String, String> states,
            boolean simulated) {}

    /**
     * By what the list is ordered.
     *
     * @param by something of the host itself, or a field that it sends
     */
    public record Order(String by, boolean downward) {
        public static final List<String> OF_THE_HOST = List.of("host", "status", "last_seen");
        public static final Order BY_NAME = new Order("host", false);

        /** @param text a word, with a minus the other way round */
        public static Order of(String text, UnaryOperator<String> fieldName) {
            boolean downward = text.startsWith("-");
            String by = downward ? text.substring(1) : text;
            return new Order(OF_THE_HOST.contains(by) ? by : fieldName.apply(by), downward);
        }

        public boolean ofTheHost() {
            return OF_THE_HOST.contains(by);
        }
    }

    /** Up, but with a firing alert of warning or worse, is degraded. */
    public static HostStatus status(HostLive host, Set<String> troubled) {
        return host.status() == HostStatus.UP && troubled.contains(host.host()) ? HostStatus.DEGRADED : host.status();
    }

    /**
     * @param statuses only hosts with one of them; none: all
     * @param text part of the name, or of a label's value, whatever the case
     * @param order hosts without the field come last either way
     */
    public static List<Row> select(
            Collection<HostLive> hosts,
            Set<String> troubled,
            Set<HostStatus> statuses,
            Optional<String> text,
            Order order) {
        String wanted = text.orElse("").toLowerCase(Locale.ROOT);
        return hosts.stream()
                .map(host -> row(host, status(host, troubled)))
                .filter(row -> statuses.isEmpty() || statuses.contains(row.status()))
                .filter(row -> matches(row, wanted))
                .sorted(comparator(order))
                .toList();
    }

    public static MapRow mapRow(HostLive host, MapLive map) {
        return new MapRow(
                map.map(),
                host.host(),
                map.hosting(),
                map.fields().get("player_count"),
                map.fields().get("performance_score"),
                map.states().getOrDefault("map_status", ""),
                map.lastSeen(),
                map.fields(),
                map.states(),
                host.simulated());
    }

    private static Row row(HostLive host, HostStatus status) {
        return new Row(
                host.host(),
                status,
                host.firstSeen(),
                host.lastSeen(),
                host.labels(),
                host.fields(),
                host.maps().size(),
                host.links().inShort(),
                host.simulated());
    }

    private static boolean matches(Row row, String wanted) {
        return wanted.isEmpty()
                || row.host().toLowerCase(Locale.ROOT).contains(wanted)
                || row.labels().values().stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static Comparator<Row> comparator(Order wanted) {
        String by = wanted.by();
        boolean downward = wanted.downward();
        Comparator<Row> order =
                switch (by) {
                    case "host" -> direction(Comparator.comparing(Row::host), downward);
                    case "status" -> direction(Comparator.comparing(Row::status), downward);
                    case "last_seen" -> direction(Comparator.comparing(Row::lastSeen), downward);
                    default ->
                        Comparator.comparing(
                                row -> row.fields().get(by),
                                Comparator.nullsLast(direction(Comparator.<Double>naturalOrder(), downward)));
                };
        return order.thenComparing(Row::host);
    }

    private static <T> Comparator<T> direction(Comparator<T> order, boolean downward) {
        return downward ? order.reversed() : order;
    }
}
