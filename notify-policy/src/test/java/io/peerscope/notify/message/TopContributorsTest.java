package io.peerscope.notify.message;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.live.PeerQuality;
import io.peerscope.contracts.live.PeerTraffic;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.notify.Alerts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopContributorsTest {
    private static final LinksLive LINKS = new LinksLive(
            4,
            2,
            100.0,
            900.0,
            900.0,
            List.of(
                    new PeerTraffic("h2", 100.0, 700.0, 60),
                    new PeerTraffic("h3", 500.0, null, 60),
                    new PeerTraffic("h4", null, 5.0, 60),
                    new PeerTraffic("h5", 1.0, 1.0, 60)),
            List.of(new PeerQuality("h2", 400.0, 0.0), new PeerQuality("h3", 20.0, 12.0)));

    private static final List<MapLive> MAPS = List.of(
            map("prontera", Map.of("player_count", 812.0, "tick_ms", 40.0)),
            map("geffen", Map.of("player_count", 240.0)),
            map("payon", Map.of("player_count", 31.0)),
            map("izlude", Map.of("player_count", 2.0)));

    private static final HostsNow HOSTS = new Network(List.of(
            host("h1", "eu", 95, MAPS),
            host("h2", "eu", 97, List.of()),
            host("h3", "us", 99, List.of()),
            host("h4", "eu", 10, List.of()),
            host("h5", "eu", 20, List.of(map("prontera", Map.of("player_count", 900.0))))));

    private record Network(List<HostLive> hosts) implements HostsNow {
        @Override
        public Optional<HostLive> host(String name) {
            return hosts.stream().filter(host -> host.host().equals(name)).findFirst();
        }

        @Override
        public void each(Consumer<HostLive> reader) {
            hosts.forEach(reader);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "player_count, prontera 812 geffen 240 payon 31",
        "tick_ms, prontera 40",
        "cpu_usage, prontera 812 geffen 240 payon 31",
        "latency, h2 400 h3 20",
        "packet_loss, h3 12 h2 0",
        "network_in_bytes_per_second, h3 500 h2 100 h5 1",
        "bandwidth_out_bytes_per_second, h2 700 h4 5 h5 1",
        "bandwidth_usage, h2 800 h3 500 h4 5",
        "disk_usage,''",
    })
    void of_a_host_its_maps_or_its_peers_no_more_than_three_largest_first(String metric, String expected) {
        assertThat(words(TopContributors.of(alert("h1", metric), HOSTS))).isEqualTo(expected);
    }

    @Test
    void where_there_is_too_little_of_it_the_smallest_come_first() {
        Alert deserted = changed(alert("h1", "player_count"), "value", 1);

        assertThat(words(TopContributors.of(deserted, HOSTS))).isEqualTo("izlude 2 payon 31 geffen 240");
    }

    @ParameterizedTest
    @CsvSource({
        "share(cpu_usage), host, h3 99 h2 97 h1 95",
        "count(cpu_usage), host, h3 99 h2 97 h1 95",
        "count(player_count), map, prontera on h5 900 prontera on h1 812 geffen on h1 240",
        "share(latency_ms), connection, h1 to h2 400 h1 to h3 20",
        "share(packet_loss), connection, h1 to h3 12 h1 to h2 0",
        "share(jitter_ms), connection,''",
        "count(map_status), map,''",
    })
    void of_a_group_its_members(String metric, String kind, String expected) {
        assertThat(words(TopContributors.of(on(kind, Map.of(), alert("*", metric)), HOSTS)))
                .isEqualTo(expected);
    }

    @Test
    void only_those_of_the_same_group() {
        Alert eu = on("host", Map.of("region", "eu"), alert("*", "share(cpu_usage)"));
        Alert prontera = on("map", Map.of("map", "prontera"), alert("*", "count(player_count)"));
        Alert here = on("map", Map.of(), alert("h1", "count(player_count)"));

        assertThat(words(TopContributors.of(eu, HOSTS))).isEqualTo("h2 97 h1 95 h5 20");
        assertThat(words(TopContributors.of(prontera, HOSTS))).isEqualTo("prontera on h5 900 prontera on h1 812");
        assertThat(words(TopContributors.of(here, HOSTS)))
                .isEqualTo("prontera on h1 812 geffen on h1 240 payon on h1 31");
    }

    @Test
    void nobody_where_it_is_over_or_nothing_is_known() {
        Alert over = Alerts.alert("h1", CRITICAL, AlertStatus.RESOLVED, T0);

        assertThat(TopContributors.of(over, HOSTS)).isEmpty();
        assertThat(TopContributors.of(alert("stranger", "cpu_usage"), HOSTS)).isEmpty();
        assertThat(TopContributors.of(alert("h1", "cpu_usage"), HostsNow.none()))
                .isEmpty();
        assertThat(TopContributors.of(on("map", Map.of("map", "payon"), alert("h1", "player_count")), HOSTS))
                .as("a map has no parts")
                .isEmpty();
    }

    private static Alert alert(String host, String metric) {
        return Alerts.ofMetric(metric, Alerts.alert(host, CRITICAL, AlertStatus.FIRING, null));
    }

    private static Alert changed(Alert alert, String field, double value) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        return Json.decode(Json.encode(fields.put(field, value)), Alert.class);
    }

    private static Alert on(String kind, Map<String, String> labels, Alert alert) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        fields.set("subject", Json.mapper().valueToTree(new AlertSubject(kind, labels)));
        return Json.decode(Json.encode(fields), Alert.class);
    }

    private static String words(List<Contributor> contributors) {
        return String.join(
                " ",
                contributors.stream()
                        .map(each -> each.name() + " " + Quantity.of("").text(each.value()))
                        .toList());
    }

    private static HostLive host(String name, String region, double cpu, List<MapLive> maps) {
        return new HostLive(
                name,
                HostStatus.UP,
                T0,
                T0,
                T0,
                0,
                Map.of("region", region),
                Map.of("cpu_usage", cpu),
                maps,
                name.equals("h1") ? LINKS : new LinksLive(0, 0, null),
                false);
    }

    private static MapLive map(String name, Map<String, Double> fields) {
        return new MapLive(name, "p2p", T0, fields, Map.of());
    }
}
