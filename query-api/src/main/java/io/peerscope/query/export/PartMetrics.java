package io.peerscope.query.export;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.PartLive;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.export.Family.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What hosts that are up said last of their protocols and pools, and what they count by type, method or result. */
final class PartMetrics {
    private static final List<String> HOST = List.of("host");

    /** A counter that hosts may split up by a label. */
    private record Counted(String field, String by, String name, String help) {}

    private static final List<Counted> COUNTED = List.of(
            new Counted("connection_errors", "type", "p2p_connection_errors", "Errors of connections."),
            new Counted("discovered_peers", "method", "p2p_discovered_peers", "Peers it found."),
            new Counted("message_count", "type", "p2p_messages", "Messages exchanged."),
            new Counted("message_bytes", "type", "p2p_message_bytes", "Their bytes."),
            new Counted("transfers", "result", "p2p_transfers", "Transfers finished."),
            new Counted("deduplicated_transfers", "type", "p2p_deduplicated_transfers", "Transfers saved."));

    private record Pooled(String field, String name, String help) {}

    private static final List<Pooled> POOLED = List.of(
            new Pooled("pool_size", "p2p_connection_pool_size", "Connections a pool can hold."),
            new Pooled("pool_active", "p2p_connection_pool_active", "Connections of a pool in use."),
            new Pooled("pool_utilization", "p2p_connection_pool_utilization", "Pool in use, percent."));

    private final MetricCatalogue catalogue = MetricCatalogue.load();
    private final Families families;

    PartMetrics(Families families) {
        this.families = families;
    }

    /** How many lines a host's parts make at most. */
    static int lines(HostLive host) {
        return host.parts().stream().mapToInt(part -> part.fields().size()).sum();
    }

    void host(HostLive host, String name) {
        for (Counted each : COUNTED) {
            counted(host, name, each);
        }
        for (Pooled each : POOLED) {
            pooled(host, name, each);
        }
        protocols(host, name);
    }

    private void counted(HostLive host, String name, Counted counted) {
        Map<String, Double> split = split(host, counted.field(), counted.by());
        Double whole = host.fields().get(counted.field());
        if (!split.isEmpty()) {
            split.forEach((by, value) -> families.of(counted.name(), Type.COUNTER, counted.help())
                    .add(List.of("host", counted.by()), List.of(name, by), value));
        } else if (whole != null) {
            families.of(counted.name(), Type.COUNTER, counted.help()).add(HOST, List.of(name), whole);
        }
    }

    /** What a host counts of something by the values of a label; empty where it does not. */
    static Map<String, Double> split(HostLive host, String field, String by) {
        Map<String, Double> split = new TreeMap<>();
        for (PartLive part : host.parts()) {
            Double value = part.fields().get(field);
            if (part.kind().equals(Subject.HOST)
                    && value != null
                    && !part.label(by).isEmpty()) {
                split.merge(part.label(by), value, Double::sum);
            }
        }
        return split;
    }

    private void pooled(HostLive host, String name, Pooled pooled) {
        Double own = host.fields().get(pooled.field());
        if (own != null) {
            families.of(pooled.name(), Type.GAUGE, pooled.help()).add(HOST, List.of(name), own);
        }
        Map<String, Double> pools = new TreeMap<>();
        for (PartLive part : host.parts()) {
            Double value = part.fields().get(pooled.field());
            if (part.kind().equals(Subject.RESOURCE) && value != null) {
                pools.put(String.join(" ", part.labels().values()), value);
            }
        }
        pools.forEach((pool, value) -> families.of(pooled.name(), Type.GAUGE, pooled.help())
                .add(List.of("host", "pool"), List.of(name, pool), value));
    }

    /** As {@code protocol.<protocol>.<name>}, with what Prometheus allows in a name. */
    private void protocols(HostLive host, String name) {
        Map<String, Double> sums = new TreeMap<>();
        Map<String, Type> types = new TreeMap<>();
        for (PartLive part : host.parts()) {
            String protocol = part.label("protocol");
            if (part.kind().equals(Subject.PROTOCOL) && !protocol.isEmpty()) {
                part.fields().forEach((field, value) -> {
                    String family = allowed("protocol_" + protocol + "_" + field);
                    sums.merge(family, value, Double::sum);
                    types.put(family, type(field));
                });
            }
        }
        sums.forEach((family, value) -> families.of(
                        family, types.getOrDefault(family, Type.COUNTER), "What the protocol tells, by that name.")
                .add(HOST, List.of(name), value));
    }

    /** A protocol counts, unless what it tells is known to be something else. */
    private Type type(String field) {
        return catalogue
                .find(field)
                .map(MetricDefinition::type)
                .filter(MetricDefinition.Type.GAUGE::equals)
                .map(gauge -> Type.GAUGE)
                .orElse(Type.COUNTER);
    }

    private static String allowed(String name) {
        String cleaned = name.replaceAll("[^a-zA-Z0-9_]", "_");
        return cleaned.endsWith("_total") ? cleaned.substring(0, cleaned.length() - "_total".length()) : cleaned;
    }
}
