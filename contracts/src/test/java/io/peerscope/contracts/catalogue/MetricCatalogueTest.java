package io.peerscope.contracts.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricCatalogueTest {
    private static final Set<String> KINDS = Set.of(
            "host",
            "connection",
            "map",
            "stream",
            "session",
            "protocol",
            "resource",
            "network",
            "link",
            "presence",
            "incident",
            "paths",
            "peers",
            "clock",
            "security");
    private static final Set<String> UNITS =
            Set.of("", "percent", "ms", "s", "epoch ms", "bytes", "bytes/s", "mbit/s", "kbit/s", "px", "1/s", "1/min");

    private final MetricCatalogue catalogue = MetricCatalogue.load();

    @Test
    void everyMetricIsDocumentedAndTyped() {
        assertThat(catalogue.all()).hasSizeGreaterThan(100).allSatisfy(metric -> {
            assertThat(metric.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
            assertThat(metric.kinds()).isNotEmpty().isSubsetOf(KINDS);
            assertThat(metric.unit()).isIn(UNITS);
            assertThat(metric.description()).isNotBlank().endsWith(".");
            assertThat(metric.aliases()).allMatch(alias -> alias.matches("[a-z][a-z0-9_.]*"));
        });
        assertThat(catalogue.allStates()).isNotEmpty().allSatisfy(state -> {
            assertThat(state.name()).matches("[a-z]+(_[a-z]+)*");
            assertThat(state.kinds()).isNotEmpty().isSubsetOf(KINDS);
            assertThat(state.values()).allMatch(value -> value.matches("[a-z_]+"));
            assertThat(state.description()).isNotBlank().endsWith(".");
        });
    }

    /** A misspelt key would be ignored in silence otherwise. */
    @Test
    void theFileHasNoOtherKeys() throws IOException {
        JsonNode file = new YAMLMapper()
                .readTree(Objects.requireNonNull(getClass().getResourceAsStream("/metric-catalogue.yaml")));
        assertThat(names(file)).containsExactly("metrics", "states");
        file.path("metrics").forEach(metric -> assertThat(names(metric))
                .contains("name", "kinds", "unit", "description")
                .isSubsetOf("name", "kinds", "unit", "type", "min", "max", "percentiles", "aliases", "description"));
        file.path("states").forEach(state -> assertThat(names(state))
                .contains("name", "kinds", "values", "description")
                .isSubsetOf("name", "kinds", "values", "aliases", "description"));
    }

    @Test
    void boundsMatchUnitsAndTypes() {
        assertThat(catalogue.all()).allSatisfy(metric -> {
            if (metric.type() == MetricDefinition.Type.COUNTER) {
                assertThat(metric.min()).isEqualTo(0);
                assertThat(metric.max()).isNull();
            }
            if (metric.max() != null) {
                assertThat(metric.min()).isNotNull();
                assertThat(metric.sane(metric.max())).isTrue();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "cpu_usage,0,true",
        "cpu_usage,100,true",
        "cpu_usage,100.1,false",
        "cpu_usage,-0.1,false",
        "memory_usage,100,true",
        "memory_usage,1073741824,false",
        "memory_bytes,1099511627776,true",
        "latency_ms,0,true",
        "latency_ms,600000,true",
        "latency_ms,600001,false",
        "reputation,-5,true",
        "player_count,0,true",
        "player_count,-1,false",
        "map_load,180,true",
        "process_cpu_usage,800,true",
        "buffer_level_seconds,0,true",
        "packet_loss,100,true",
        "load1,512,true"
    })
    void refusesOnlyWhatCannotBe(String metric, double value, boolean sane) {
        assertThat(catalogue.find(metric).orElseThrow().sane(value)).isEqualTo(sane);
    }

    @ParameterizedTest
    @CsvSource({
        "packet_loss_percent,packet_loss",
        "network.bytes_sent,bytes_sent",
        "network.bytes_received,bytes_received",
        "network.active_connections,active_connections",
        "network.connection_attempts,connection_attempts",
        "network.connection_failures,connection_failures",
        "network.connection_latency,connection_latency_seconds",
        "peers.total,peers_total",
        "peers.healthy,peers_healthy",
        "peers.degraded,peers_degraded",
        "peers.unhealthy,peers_unhealthy",
        "peers.latency,peer_latency_seconds",
        "peers.reputation,reputation",
        "resources.cpu_usage,cpu_usage",
        "resources.memory_usage,memory_bytes",
        "resources.bandwidth_usage,bandwidth_usage",
        "resources.storage_usage,storage_bytes",
        "p2p_connection_state_transitions_total,connection_state_transitions",
        "p2p_connection_attempts_total,connection_attempts",
        "p2p_connections_active,active_connections",
        "p2p_connection_duration_seconds,connection_duration_seconds",
        "p2p_rtt_milliseconds,latency_ms",
        "p2p_bandwidth_bytes_per_second,bandwidth_bytes_per_second",
        "p2p_message_latency_milliseconds,message_latency_ms",
        "p2p_bytes_transferred_total,bytes_transferred",
        "p2p_connection_errors_total,connection_errors",
        "p2p_circuit_breaker_state,circuit_breaker_state",
        "p2p_discovered_peers_total,discovered_peers",
        "p2p_buffered_messages_total,buffered_messages",
        "cpu,cpu_usage",
        "memory,memory_usage",
        "network_latency,latency",
        "something_of_my_own,something_of_my_own"
    })
    void knowsTheNamesOthersUse(String given, String canonical) {
        assertThat(catalogue.canonicalName(given)).isEqualTo(canonical);
    }

    /** Names that stand in the API or in senders' documents must come back under the very name they were sent by. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu_usage",
                "memory_usage",
                "disk_usage",
                "network_io",
                "latency",
                "bandwidth_usage",
                "error_rate",
                "sync_delay",
                "player_count",
                "mob_count",
                "item_count",
                "packet_loss",
                "jitter_ms",
                "latency_ms",
                "bandwidth_mbps",
                "connection_count",
                "bytes_sent",
                "bytes_received",
                "active_connections",
                "connection_attempts",
                "connection_failures",
                "bitrate_kbps",
                "frame_rate",
                "resolution_width",
                "resolution_height",
                "buffer_level_seconds",
                "dropped_frames",
                "total_frames",
                "adaptive_switches",
                "duration_seconds",
                "load1",
                "swap_usage",
                "disk_read_bytes_per_second",
                "disk_write_bytes_per_second",
                "network_in_bytes_per_second",
                "network_out_bytes_per_second",
                "uptime_seconds",
                "process_count",
                "cpu_cores",
                "memory_total_bytes",
                "memory_bytes",
                "storage_bytes"
            })
    void isCanonical(String name) {
        assertThat(catalogue.canonicalName(name)).isEqualTo(name);
        assertThat(catalogue.find(name)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "map_status,map_status", "connection_quality,connection_quality", "circuit_breaker,circuit_breaker",
        "ice_connection_state,ice_state", "dtls_transport_state,dtls_state", "video_quality,quality_level",
        "connection_state,connection_state", "my_mood,my_mood"
    })
    void knowsStates(String given, String canonical) {
        assertThat(catalogue.canonicalState(given)).isEqualTo(canonical);
    }

    @Test
    void asksForPercentilesOfLatencies() {
        for (String name : List.of("latency", "latency_ms", "message_latency_ms", "cpu_usage", "memory_usage")) {
            assertThat(catalogue.find(name).orElseThrow().percentiles())
                    .as(name)
                    .isTrue();
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
