package io.peerscope.gateway.live;

import static io.peerscope.gateway.live.Samples.T0;
import static io.peerscope.gateway.live.Samples.alert;
import static io.peerscope.gateway.live.Samples.host;
import static io.peerscope.gateway.live.Samples.network;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final StateKey METRICS = new StateKey.Metrics();
    private static final StateKey STATUS = new StateKey.Status();
    private static final StateKey HOSTS = new StateKey.Hosts();

    private Instant now = T0;
    private final LiveView view = new LiveView(() -> now);

    @Test
    void whatIsNotKnownIsNullAndNotZero() {
        assertThat(text(METRICS))
                .isEqualTo("{\"type\":\"metrics\",\"metrics\":{\"active_hosts\":null,\"total_players\":null,"
                        + "\"network_health\":null,\"average_latency\":null,"
                        + "\"active_maps\":{\"p2p_hosted\":null,\"vps_hosted\":null},\"as_of\":null}}");
    }

    @Test
    void freshMetricsHaveNoAge() {
        view.network(network(3, T0));

        assertThat(read(METRICS).path("metrics"))
                .isEqualTo(json("{\"active_hosts\":3,\"total_players\":null,\"network_health\":99.5,"
                        + "\"average_latency\":null,\"active_maps\":{\"p2p_hosted\":null,\"vps_hosted\":null},"
                        + "\"as_of\":\"2026-03-01T12:00:00Z\"}"));
    }

    @Test
    void staleMetricsSayHowOldTheyAreAndGoOnSayingIt() {
        view.network(network(3, T0));
        long before = view.version(METRICS);
        now = T0.plusSeconds(5);
        view.tick();
        assertThat(view.version(METRICS)).isEqualTo(before);

        now = T0.plusSeconds(7);
        view.tick();

        assertThat(view.version(METRICS)).isGreaterThan(before);
        assertThat(read(METRICS).path("metrics").path("age_seconds").asLong()).isEqualTo(7);
    }

    @Test
    void firingAlertDegradesItsHostUntilItCloses() {
        view.host("h1", host("h1"));
        long seen = view.version(HOSTS);

        view.alert("k", alert("a1", "h1", Severity.WARNING, AlertStatus.FIRING));
        assertThat(read(HOSTS, seen).at("/hosts/0/status").asText()).isEqualTo("degraded");
        assertThat(read(STATUS).at("/status/hosts")).isEqualTo(json("{\"up\":0,\"degraded\":1,\"silent\":0}"));

        view.alert("k", null);
        assertThat(read(HOSTS).at("/hosts/0/status").asText()).isEqualTo("up");
        assertThat(read(STATUS).at("/status/active_alerts_total").asInt()).isZero();
    }

    @Test
    void allWhoWatchAHostGetOneFrameUntilItChanges() {
        StateKey watched = new StateKey.OneHost("h1");
        view.host("h1", host("h1"));
        Frame first = view.changesSince(watched, 0).frame();
        assertThat(view.changesSince(watched, 0).frame()).isSameAs(first);

        view.host("h1", host("h1", HostStatus.SILENT));
        assertThat(view.changesSince(watched, 0).frame().text()).contains("silent");
        view.host("h1", null);
        assertThat(view.changesSince(watched, 0).frame().text()).contains("\"removed\":[\"h1\"]");
    }

    /** Somebody comes while hosts change: what was made for the one before is good, and what changed since follows. */
    @Test
    void partsOfALongListAreMadeOnceForAllWhoComeTogether() {
        for (int i = 0; i < 450; i++) {
            view.host("h" + i, host("h" + i));
        }
        LiveState.Change first = view.changesSince(HOSTS, 0);
        view.host("h3", host("h3", HostStatus.SILENT));
        view.host("h4", null);

        Map<String, String> known = new HashMap<>();
        LiveState.Change part = view.changesSince(HOSTS, 0);
        assertThat(part.frame()).isSameAs(first.frame());
        while (true) {
            JsonNode frame = json(part.frame().text());
            frame.path("hosts")
                    .forEach(each -> known.put(
                            each.path("host").asText(), each.path("status").asText()));
            frame.path("removed").forEach(name -> known.remove(name.asText()));
            if (!part.more()) {
                break;
            }
            part = view.changesSince(HOSTS, part.version());
        }
        assertThat(part.version()).isEqualTo(view.version(HOSTS));
        assertThat(known).hasSize(449).containsEntry("h3", "silent").doesNotContainKey("h4");

        now = now.plusSeconds(1);
        assertThat(view.changesSince(HOSTS, 0).frame()).isNotSameAs(first.frame());
    }

    @Test
    void hostThatReportsLaterThanItsAlertIsDegradedToo() {
        view.alert("k", alert("a1", "h1", Severity.HIGH, AlertStatus.FIRING));
        view.host("h1", host("h1"));

        assertThat(read(HOSTS).at("/hosts/0/status").asText()).isEqualTo("degraded");
    }

    @Test
    void mildPendingAndDatalessAlertsDoNotDegrade() {
        view.host("h1", host("h1"));
        view.alert("info", alert("a1", "h1", Severity.INFO, AlertStatus.FIRING));
        view.alert("pending", alert("a2", "h1", Severity.CRITICAL, AlertStatus.PENDING));
        view.alert("no data", alert("a3", "h1", Severity.CRITICAL, AlertStatus.NO_DATA));

        assertThat(read(HOSTS).at("/hosts/0/status").asText()).isEqualTo("up");
    }

    @Test
    void silentHostStaysSilentWhateverItsAlerts() {
        view.host("h1", host("h1", HostStatus.SILENT));
        view.alert("k", alert("a1", "h1", Severity.CRITICAL, AlertStatus.FIRING));

        assertThat(read(HOSTS).at("/hosts/0/status").asText()).isEqualTo("silent");
    }

    @Test
    void statusListsFiringAndDatalessAlertsWorstFirst() {
        view.alert("k1", alert("mild", "h1", Severity.WARNING, AlertStatus.FIRING));
        view.alert("k2", alert("bad", "h2", Severity.CRITICAL, AlertStatus.NO_DATA));
        view.alert("k3", alert("waiting", "h3", Severity.CRITICAL, AlertStatus.PENDING));

        JsonNode status = read(STATUS).path("status");
        assertThat(status.path("active_alerts").findValuesAsText("id")).containsExactly("bad", "mild");
        assertThat(status.path("active_alerts_total").asInt()).isEqualTo(2);
        assertThat(status.path("active_alerts_by_severity")).isEqualTo(json("{\"warning\":1,\"critical\":1}"));
    }

    @Test
    void readersGetOnlyHostsThatChanged() {
        view.host("h1", host("h1"));
        view.host("h2", host("h2"));
        long seen = view.version(HOSTS);
        view.host("h1", host("h1", HostStatus.SILENT));

        assertThat(names(read(HOSTS, seen))).containsExactly("h1");
        assertThat(names(read(HOSTS, 0))).containsExactly("h2", "h1");
    }

    @Test
    void forgottenHostIsNamedToThoseWhoKnewIt() {
        view.host("h1", host("h1"));
        view.host("h2", host("h2"));
        long seen = view.version(HOSTS);
        view.host("h1", null);

        assertThat(text(HOSTS, seen)).isEqualTo("{\"type\":\"hosts\",\"hosts\":[],\"removed\":[\"h1\"]}");
        assertThat(read(HOSTS, 0).has("removed")).isFalse();
        assertThat(names(read(HOSTS, 0))).containsExactly("h2");
    }

    @Test
    void firstViewOfManyHostsComesInParts() {
        for (int i = 0; i < 450; i++) {
            view.host("h" + i, host("h" + i));
        }
        List<String> names = new ArrayList<>();
        int parts = 0;
        LiveState.Change change;
        long seen = 0;
        do {
            change = view.changesSince(HOSTS, seen);
            names.addAll(names(json(change.frame().text())));
            seen = change.version();
            parts++;
        } while (change.more());

        assertThat(parts).isEqualTo(3);
        assertThat(names).hasSize(450).doesNotHaveDuplicates();
        assertThat(seen).isEqualTo(view.version(HOSTS));
    }

    @Test
    void readersInStepShareOneFrame() {
        view.network(network(3, T0));

        assertThat(view.changesSince(METRICS, 0).frame())
                .isSameAs(view.changesSince(METRICS, 1).frame());
    }

    @Test
    void bytesAreCountedAsTheyTravel() {
        Frame frame = Frame.of("Zürich – ✓");

        assertThat(frame.bytes()).isEqualTo("Zürich – ✓".getBytes(StandardCharsets.UTF_8).length);
    }

    private String text(StateKey key) {
        return text(key, 0);
    }

    private String text(StateKey key, long seen) {
        return view.changesSince(key, seen).frame().text();
    }

    private JsonNode read(StateKey key) {
        return read(key, 0);
    }

    private JsonNode read(StateKey key, long seen) {
        return json(text(key, seen));
    }

    private static List<String> names(JsonNode frame) {
        return frame.path("hosts").findValuesAsText("host");
    }

    private static JsonNode json(String text) {
        return Json.decode(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
