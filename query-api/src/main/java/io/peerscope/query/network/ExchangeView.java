package io.peerscope.query.network;

import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkReport;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.PartLive;
import io.peerscope.contracts.point.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a host exchanges with its peers, and with what: pools, messages, transfers, circuit breakers, protocols. As it said
 * last; counters from its own start on. Null is what nobody tells.
 *
 * @param circuitBreakers how many of its links have which state
 * @param peers links that tell of messages or transfers, those with most messages first
 */
public record ExchangeView(
        String host,
        List<Pool> pools,
        Messages messages,
        List<MessageType> messageTypes,
        Transfers transfers,
        Map<String, Integer> circuitBreakers,
        Map<String, Map<String, Double>> protocols,
        List<Peer> peers) {

    private static final double PERCENT = 100;

    /**
     * @param pool "" where the host has one and does not name it
     * @param utilization percent, as it is said; else what active connections are of the size
     */
    public record Pool(
            String pool,
            @Nullable Double size,
            @Nullable Double active,
            @Nullable Double utilization) {}

    /** @param buffered that wait for a bad connection, of the host; else of its links together */
    public record Messages(
            @Nullable Double count,
            @Nullable Double bytes,
            @Nullable Double latencyMs,
            @Nullable Double deliveryDelayMs,
            @Nullable Double buffered) {}

    public record MessageType(
            String type,
            @Nullable Double count,
            @Nullable Double bytes,
            @Nullable Double latencyMs) {}

    /** @param successRate percent, as it is said; else what did not fail of those that are finished */
    public record Transfers(
            @Nullable Double finished,
            @Nullable Double failed,
            @Nullable Double active,
            @Nullable Double deduplicated,
            @Nullable Double durationSeconds,
            @Nullable Double successRate) {}

    public record Peer(
            String peer,
            @Nullable Double messages,
            @Nullable Double messageBytes,
            @Nullable Double messageLatencyMs,
            @Nullable Double buffered,
            @Nullable Double transfers,
            @Nullable Double transferFailures,
            @Nullable String circuitBreaker) {}

    public static ExchangeView of(HostLive host, Collection<LinkLive> links) {
        Map<String, Double> own = host.fields();
        List<Peer> peers = new ArrayList<>();
        Map<String, Integer> breakers = new TreeMap<>();
        for (LinkLive link : links) {
            LinkReport report = link.from(host.host());
            if (report == null || !report.fresh()) {
                continue;
            }
            String breaker = report.states().get("circuit_breaker");
            if (breaker != null) {
                breakers.merge(breaker, 1, Integer::sum);
            }
            peer(link.a().equals(host.host()) ? link.b() : link.a(), report, breaker, peers);
        }
        peers.sort(Comparator.comparingDouble((Peer peer) -> -orZero(peer.messages()))
                .thenComparing(Peer::peer));
        return new ExchangeView(
                host.host(),
                pools(host),
                new Messages(
                        first(
                                own.get("message_count"),
                                sum(peers.stream().map(Peer::messages).toList())),
                        first(
                                own.get("message_bytes"),
                                sum(peers.stream().map(Peer::messageBytes).toList())),
                        own.get("message_latency_ms"),
                        own.get("delivery_delay_ms"),
                        first(
                                own.get("buffered_messages"),
                                sum(peers.stream().map(Peer::buffered).toList()))),
                types(host),
                transfers(own, peers),
                breakers,
                protocols(host),
                List.copyOf(peers));
    }

    private static void peer(String name, LinkReport report, @Nullable String breaker, List<Peer> into) {
        Peer peer = new Peer(
                name,
                report.field("message_count"),
                report.field("message_bytes"),
                report.field("message_latency_ms"),
                report.field("buffered_messages"),
                report.field("transfers"),
                report.field("transfer_failures"),
                breaker);
        if (peer.messages() != null || peer.transfers() != null || peer.buffered() != null || breaker != null) {
            into.add(peer);
        }
    }

    private static List<Pool> pools(HostLive host) {
        List<Pool> pools = new ArrayList<>();
        pool("", host.fields(), pools);
        for (PartLive part : host.parts()) {
            if (part.kind().equals(Subject.RESOURCE)) {
                pool(String.join(" ", part.labels().values()), part.fields(), pools);
            }
        }
        return pools;
    }

    private static void pool(String name, Map<String, Double> fields, List<Pool> into) {
        Double size = fields.get("pool_size");
        Double active = fields.get("pool_active");
        Double used = fields.get("pool_utilization");
        if (used == null && size != null && active != null && size > 0) {
            used = PERCENT * active / size;
        }
        if (size != null || active != null || used != null) {
            into.add(new Pool(name, size, active, used));
        }
    }

    private static List<MessageType> types(HostLive host) {
        List<MessageType> types = new ArrayList<>();
        for (PartLive part : host.parts()) {
            Map<String, Double> fields = part.fields();
            boolean tells = fields.containsKey("message_count") || fields.containsKey("message_bytes");
            if (part.kind().equals(Subject.HOST) && !part.label("type").isEmpty() && tells) {
                types.add(new MessageType(
                        part.label("type"),
                        fields.get("message_count"),
                        fields.get("message_bytes"),
                        fields.get("message_latency_ms")));
            }
        }
        return types;
    }

    private static Transfers transfers(Map<String, Double> own, List<Peer> peers) {
        Double finished = first(
                own.get("transfers"), sum(peers.stream().map(Peer::transfers).toList()));
        Double failed = first(
                own.get("transfer_failures"),
                sum(peers.stream().map(Peer::transferFailures).toList()));
        Double rate = own.get("transfer_success_rate");
        if (rate == null && finished != null && failed != null && finished > 0) {
            rate = PERCENT * Math.clamp(1 - failed / finished, 0.0, 1.0);
        }
        return new Transfers(
                finished,
                failed,
                own.get("active_transfers"),
                own.get("deduplicated_transfers"),
                own.get("transfer_duration_seconds"),
                rate);
    }

    private static Map<String, Map<String, Double>> protocols(HostLive host) {
        Map<String, Map<String, Double>> protocols = new TreeMap<>();
        for (PartLive part : host.parts()) {
            String protocol = part.label("protocol");
            if (part.kind().equals(Subject.PROTOCOL) && !protocol.isEmpty()) {
                protocols.computeIfAbsent(protocol, p -> new TreeMap<>()).putAll(part.fields());
            }
        }
        return protocols;
    }

    private static @Nullable Double first(@Nullable Double said, @Nullable Double otherwise) {
        return said != null ? said : otherwise;
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static @Nullable Double sum(List<? extends @Nullable Double> values) {
        Double sum = null;
        for (Double value : values) {
            if (value != null) {
                sum = sum == null ? value : (Double) (sum + value);
            }
        }
        return sum;
    }
}
