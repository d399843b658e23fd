package io.peerscope.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkReport;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.PartLive;
import io.peerscope.contracts.live.PeerTraffic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PeerMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static HostLive host(String name, HostStatus status) {
        return new HostLive(
                name,
                status,
                NOW,
                NOW,
                NOW,
                0,
                Map.of(),
                Map.of(
                        "bytes_sent",
                        1000.0,
                        "connection_attempts",
                        10.0,
                        "connection_failures",
                        3.0,
                        "peers_total",
                        2.0),
                List.of(),
                new LinksLive(1, 0, 40.0, 5.0, 7.0, List.of(new PeerTraffic("b", 5.0, 7.0, 60)), List.of()),
                false);
    }

    private static LinkLive link() {
        LinkReport report = new LinkReport(
                NOW,
                NOW,
                true,
                LinkClaim.UP,
                PathClass.DIRECT,
                "",
                Map.of("latency_ms", 40.0, "reputation", 0.5),
                Map.of("connection_state", "connected", "circuit_breaker", "half_open", "health_status", "degraded"),
                5);
        return new LinkLive(
                "a",
                "b",
                report,
                null,
                LinkVerdict.ONE_SIDED,
                NOW,
                true,
                NOW.minusSeconds(90),
                null,
                null,
                null,
                PathClass.DIRECT,
                "",
                Map.of(),
                0,
                0,
                null,
                false,
                NOW);
    }

    private static Map<String, Double> lines(UnaryOperator<String> naming, boolean byPeer, int most) {
        Map<String, Double> lines = new TreeMap<>();
        for (Family family : PeerMetrics.of(
                List.of(host("a", HostStatus.UP), host("gone", HostStatus.LEFT)),
                List.of(link()),
                naming,
                byPeer,
                most,
                NOW)) {
            family.lines().forEach(line -> lines.put(line.name() + line.labelValues(), line.value()));
        }
        return lines;
    }

    @Test
    void whatAHostSaidLastGoesOutUnderTheNamesOfP2pSoftware() {
        assertThat(lines(UnaryOperator.identity(), false, 1000))
                .containsEntry("network_bytes_sent_total[a]", 1000.0)
                .containsEntry("network_connection_failures_total[a]", 3.0)
                .containsEntry("p2p_connection_attempts_total[a, success]", 7.0)
                .containsEntry("p2p_connection_attempts_total[a, failure]", 3.0)
                .containsEntry("peers_total[a]", 2.0)
                .containsEntry("p2p_bytes_transferred_total[a, out]", 1000.0)
                .containsEntry("p2p_bandwidth_bytes_per_second[a, in]", 5.0)
                .containsEntry("p2p_connections_active[a, connected]", 1.0)
                .containsEntry("p2p_circuit_breaker_state[a]", 1.0)
                .containsEntry("p2p_rtt_milliseconds_bucket[a, 25.0]", 0.0)
                .containsEntry("p2p_rtt_milliseconds_bucket[a, 50.0]", 1.0)
                .containsEntry("p2p_rtt_milliseconds_bucket[a, +Inf]", 1.0)
                .containsEntry("p2p_rtt_milliseconds_gsum[a]", 40.0)
                .containsEntry("network_connection_latency_bucket[a, 0.05]", 1.0)
                .containsEntry("p2p_connection_duration_seconds_gsum[a]", 90.0)
                .containsEntry("p2p_export_omitted_hosts[]", 0.0)
                .doesNotContainKey("peers_total[gone]")
                .doesNotContainKey("p2p_peer_rtt_milliseconds[a, b]");
        assertThat(lines(UnaryOperator.identity(), true, 1000))
                .containsEntry("p2p_peer_rtt_milliseconds[a, b]", 40.0)
                .containsEntry("p2p_peer_bandwidth_bytes_per_second[a, b, out]", 7.0);
    }

    private static HostLive parted(List<PartLive> parts) {
        HostLive whole = host("a", HostStatus.UP);
        return new HostLive(
                "a",
                HostStatus.UP,
                NOW,
                NOW,
                NOW,
                0,
                Map.of(),
                Map.of("connection_errors", 9.0, "pool_utilization", 50.0),
                List.of(),
                whole.links(),
                parts,
                false);
    }

    private static PartLive part(String kind, Map<String, String> labels, Map<String, Double> fields) {
        return new PartLive(kind, labels, NOW, fields);
    }

    @Test
    void whatAHostTellsOfItsPartsGoesOutByPart() {
        HostLive host = parted(List.of(
                part("protocol", Map.of("protocol", "task"), Map.of("submitted", 7.0, "protocol_messages", 8.0)),
                part("protocol", Map.of("protocol", "health"), Map.of("message_latency_ms", 12.0, "odd-name!", 1.0)),
                part("resource", Map.of("resource", "outbound"), Map.of("pool_size", 20.0, "pool_active", 5.0)),
                part("host", Map.of("type", "timeout"), Map.of("connection_errors", 4.0)),
                part("host", Map.of("type", "refused"), Map.of("connection_errors", 2.0)),
                part("host", Map.of("method", "mdns"), Map.of("discovered_peers", 3.0)),
                part("host", Map.of("result", "failure"), Map.of("connection_attempts", 1.0))));
        List<Family> families =
                PeerMetrics.of(List.of(host), List.of(link()), UnaryOperator.identity(), false, 1000, NOW);
        Map<String, Double> lines = new TreeMap<>();
        families.forEach(
                family -> family.lines().forEach(line -> lines.put(line.name() + line.labelValues(), line.value())));
        assertThat(lines)
                .containsEntry("protocol_task_submitted_total[a]", 7.0)
                .containsEntry("protocol_task_protocol_messages_total[a]", 8.0)
                .containsEntry("protocol_health_message_latency_ms[a]", 12.0)
                .containsEntry("protocol_health_odd_name__total[a]", 1.0)
                .containsEntry("p2p_connection_pool_size[a, outbound]", 20.0)
                .containsEntry("p2p_connection_pool_utilization[a]", 50.0)
                .containsEntry("p2p_connection_errors_total[a, timeout]", 4.0)
                .containsEntry("p2p_connection_errors_total[a, refused]", 2.0)
                .doesNotContainKey("p2p_connection_errors_total[a]")
                .containsEntry("p2p_discovered_peers_total[a, mdns]", 3.0)
                .containsEntry("p2p_connection_attempts_total[a, failure]", 1.0);
    }

    @Test
    void peersAreCountedOneByOneWhereTheHostGivesNoNumber() {
        List<Family> families =
                PeerMetrics.of(List.of(parted(List.of())), List.of(link()), UnaryOperator.identity(), false, 1000, NOW);
        Map<String, Double> lines = new TreeMap<>();
        families.forEach(
                family -> family.lines().forEach(line -> lines.put(line.name() + line.labelValues(), line.value())));
        assertThat(lines)
                .containsEntry("peers_total[a]", 1.0)
                .containsEntry("peers_degraded[a]", 1.0)
                .containsEntry("peers_healthy[a]", 0.0)
                .containsEntry("peers_reputation[a]", 0.5);
    }

    @Test
    void namesMayBePseudonymsThatStayTheSame() {
        UnaryOperator<String> naming = Pseudonyms.of(Optional.of("a key"));
        Map<String, Double> lines = lines(naming, true, 1000);
        String a = naming.apply("a");
        assertThat(a)
                .matches("p-[0-9a-f]{16}")
                .isNotEqualTo(Pseudonyms.of(Optional.of("another")).apply("a"));
        assertThat(lines)
                .containsEntry("peers_total[" + a + "]", 2.0)
                .containsKey("p2p_peer_rtt_milliseconds[" + a + ", " + naming.apply("b") + "]");
        assertThat(lines.keySet()).noneMatch(line -> line.contains("[a") || line.contains(", b"));
    }

    @Test
    void whatIsTooMuchIsLeftOutAndCounted() {
        assertThat(lines(UnaryOperator.identity(), false, 50))
                .containsOnly(Map.entry("p2p_export_omitted_hosts[]", 1.0));
    }
}
