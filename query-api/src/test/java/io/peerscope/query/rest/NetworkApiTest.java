package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkQuality;
import io.peerscope.contracts.link.LinkReport;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.link.PresenceState;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The network's topics as the API answers them. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class NetworkApiTest extends RunningApi {
    private final String a = "na-" + UUID.randomUUID();
    private final String b = "nb-" + UUID.randomUUID();
    private final Instant now = Instant.now();

    private LinkReport report(LinkClaim claim, double latency) {
        return new LinkReport(now, now, true, claim, PathClass.DIRECT, "", Map.of("latency_ms", latency), Map.of(), 5);
    }

    private void show(LinkVerdict verdict, @Nullable LinkReport fromA, @Nullable LinkReport fromB) {
        LinkLive link = new LinkLive(
                a,
                b,
                fromA,
                fromB,
                verdict,
                now,
                true,
                now,
                380.0,
                null,
                LinkQuality.of(400.0, null, null).orElseThrow(),
                PathClass.DIRECT,
                "",
                Map.of("direct", 12.0),
                0,
                0,
                null,
                false,
                now);
        writer.write(Topic.LINKS_LIVE, link.key(), Json.encode(link));
    }

    private JsonNode read(String path) {
        Api.Answer answer = api.get(path, as(viewer));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void aLinkIsFoundByItsEndsInEitherOrder() {
        show(LinkVerdict.ASYMMETRIC, report(LinkClaim.UP, 20), report(LinkClaim.UP, 400));
        await().until(() ->
                api.get("/api/v1/network/links/" + b + "/" + a, as(viewer)).status() == 200);
        JsonNode link = read("/api/v1/network/links/" + b + "/" + a);
        assertThat(link).isNotNull();
        assertThat(link.path("verdict").asText()).isEqualTo("asymmetric");
        assertThat(link.at("/from_a/latency_ms").asDouble()).isEqualTo(20);
        assertThat(link.at("/from_b/latency_ms").asDouble()).isEqualTo(400);
        assertThat(link.at("/from_b/age_seconds").asDouble()).isBetween(0.0, 60.0);
        assertThat(link.at("/asymmetry/latency_ms").asDouble()).isEqualTo(380);
        assertThat(link.at("/quality/level").asText()).isEqualTo("unusable");
        assertThat(link.path("circuit_breaker").isNull()).isTrue();

        assertThat(read("/api/v1/network/links?host=" + a + "&verdict=asymmetric,one_sided&level=unusable&up=true")
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(read("/api/v1/network/links?host=" + a + "&path=relay")
                        .path("total")
                        .asInt())
                .isZero();
        JsonNode matrix = read("/api/v1/network/matrix?metric=latency_ms&hosts=" + a + "," + b);
        assertThat(matrix.path("cells")).hasSize(2);
        assertThat(matrix.at("/cells/0/0").asText()).isEqualTo(a);
        assertThat(matrix.at("/cells/0/2").asDouble()).isEqualTo(20);
        assertThat(matrix.at("/cells/0/3").asText()).isEqualTo("direct");
        assertThat(api.get("/api/v1/network/links/nobody/" + a, as(viewer)).status())
                .isEqualTo(404);
    }

    @Test
    void whoContradictsMoreOfItsPeersIsTheLikelierLiar() {
        present(a, PresenceState.UP, 0);
        present(b, PresenceState.UP, 2);
        show(LinkVerdict.CONTRADICTION, report(LinkClaim.UP, 20), report(LinkClaim.DOWN, 20));
        await().untilAsserted(() -> assertThat(read("/api/v1/network/links?host=" + a)
                        .at("/links/0/lies")
                        .asText())
                .isEqualTo(b));
        assertThat(read("/api/v1/hosts/" + b + "/presence")
                        .path("contradictions")
                        .asInt())
                .isEqualTo(2);
    }

    private void present(String host, PresenceState state, int contradictions) {
        HostPresence presence =
                new HostPresence(host, state, now, List.of(), 1, 2, contradictions, 0.5, null, 0, 0, 0, 3600, 3600);
        writer.write(Topic.HOSTS_PRESENCE, host, Json.encode(presence));
    }

    @Test
    void theGraphIsShownWithItsWeakPlaces() {
        present(a, PresenceState.UP, 0);
        TopologyLive topology = new TopologyLive(
                2,
                1,
                List.of(List.of(a, b)),
                List.of(List.of(a, b)),
                List.of(new TopologyLive.Articulation(a, 1)),
                List.of(),
                List.of(new TopologyLive.Split(List.of(List.of(a), List.of(b)), now)),
                now);
        writer.write(Topic.NETWORK_TOPOLOGY, "network", Json.encode(topology));
        await().untilAsserted(() -> {
            JsonNode shown = read("/api/v1/network/topology");
            assertThat(shown.at("/components/0/0").asText()).isEqualTo(a);
            assertThat(shown.at("/bridges/0/1").asText()).isEqualTo(b);
            assertThat(shown.at("/articulation_hosts/0").asText()).isEqualTo(a);
            assertThat(shown.at("/splits/0/parts")).hasSize(2);
            assertThat(shown.path("nodes").findValuesAsText("host")).contains(a, b);
        });
    }

    @Test
    void incidentsHaveTheirChildren() {
        IncidentLive incident = new IncidentLive(
                "host:" + a + ":1",
                "host",
                a,
                now,
                null,
                40,
                1,
                List.of(new IncidentLive.Child(b, "cut_off", List.of(a))),
                false,
                List.of(a + "|" + b));
        writer.write(Topic.NETWORK_INCIDENTS, incident.id(), Json.encode(incident));
        await().until(() ->
                api.get("/api/v1/incidents/" + incident.id(), as(viewer)).status() == 200);
        JsonNode shown = read("/api/v1/incidents/" + incident.id());
        assertThat(shown.path("status").asText()).isEqualTo("open");
        assertThat(shown.at("/children/0/state").asText()).isEqualTo("cut_off");
        assertThat(read("/api/v1/incidents?status=open").path("incidents").findValuesAsText("id"))
                .contains(incident.id());
    }

    @Test
    void howLinksGoIsCounted() {
        show(LinkVerdict.AGREED, report(LinkClaim.UP, 20), report(LinkClaim.UP, 20));
        await().untilAsserted(() -> {
            JsonNode paths = read("/api/v1/network/paths?by=region");
            assertThat(paths.path("links").asInt()).isPositive();
            assertThat(paths.path("relayed").asInt()).isZero();
            assertThat(paths.path("share").asDouble()).isZero();
            assertThat(paths.at("/classes/0/path").asText()).isEqualTo("direct");
            assertThat(paths.at("/classes/0/minutes").asDouble()).isPositive();
        });
    }

    @Test
    void theHeatmapHasARowForEachDirectionTheWorstFirst() {
        long at = now.toEpochMilli();
        for (String[] way : new String[][] {{a, b, "20"}, {b, a, "400"}}) {
            Point point = Point.of(
                    new Subject(way[0], Subject.CONNECTION, Labels.of("peer", way[1])),
                    at - 1000,
                    Map.of("latency_ms", Double.parseDouble(way[2])));
            writer.write(
                    Topic.METRICS_POINTS,
                    way[0],
                    PointBatchCodec.encode(new PointBatch(way[0], "", 0, at, "r", 0, false, List.of(point))));
        }
        Api.Answer answer = api.get(
                "/api/v1/network/heatmap?metric=latency_ms&hosts=" + a + "," + b,
                as(viewer, "X-Read-Consistency", "strong"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode map = answer.json();
        assertThat(map.path("links").findValuesAsText("from")).containsExactly(b, a);
        assertThat(map.at("/links/0/worst").asDouble()).isEqualTo(400);
        assertThat(map.at("/links/0/values")).hasSameSizeAs(map.path("times"));
        assertThat(map.path("step_seconds").asInt()).isPositive();
        assertThat(map.path("total").asInt()).isEqualTo(2);
        assertWrong("/api/v1/network/heatmap?metric=cpu", "bad_parameter", "metric");
        assertWrong(
                "/api/v1/network/heatmap?from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z", "bad_parameter", "from");
    }

    @Test
    void suggestionsComeWithTheRecordOfTheirKinds() {
        JsonNode all = read("/api/v1/network/suggestions?state=open&kind=move_map&host=" + a);
        assertThat(all.path("total").asInt()).isZero();
        assertThat(all.path("records").findValuesAsText("kind")).contains("move_map", "recommend_peer");
        assertWrong("/api/v1/network/suggestions?state=perhaps", "bad_parameter", "state");
    }

    @Test
    void whatHostsSayOfTheirPeersIsThereForPrometheus() {
        HostLive host = new HostLive(
                a,
                HostStatus.UP,
                now,
                now,
                now,
                0,
                Map.of(),
                Map.of("peers_total", 3.0, "bytes_sent", 12.0),
                List.of(),
                new LinksLive(1, 0, 20.0),
                false);
        writer.write(Topic.HOSTS_LIVE, a, Json.encode(host));
        show(LinkVerdict.AGREED, report(LinkClaim.UP, 20), report(LinkClaim.UP, 20));
        await().untilAsserted(() -> assertThat(api.get("/metrics", as(viewer)).text())
                .contains("peers_total{host=\"" + a + "\"} 3.0")
                .contains("# TYPE network_bytes_sent counter")
                .contains("network_bytes_sent_total{host=\"" + a + "\"} 12.0")
                .contains("p2p_rtt_milliseconds_bucket{host=\"" + a + "\",le=\"25.0\"} 1.0")
                .contains("# TYPE p2p_rtt_milliseconds gaugehistogram")
                .contains("p2p_rtt_milliseconds_gcount{host=\"" + a + "\"} 1.0")
                .endsWith("# EOF\n"));
    }

    @Test
    void aScraperGetsMetricsInTheFormItPrefers() {
        String openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        assertExposed("application/openmetrics-text; version=1.0.0", openMetrics);
        assertExposed("application/openmetrics-text", openMetrics);
        assertExposed("*/*", openMetrics);
        // What Prometheus sends.
        assertExposed(
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                openMetrics);
        assertExposed("text/plain", "text/plain; version=0.0.4; charset=utf-8");
        assertExposed("application/openmetrics-text;q=0.2,text/plain", "text/plain; version=0.0.4; charset=utf-8");
        Api.Answer image = api.get("/metrics", as(viewer, "Accept", "image/png"));
        assertThat(image.status()).isEqualTo(406);
        assertThat(image.code()).isEqualTo("not_acceptable");
        assertThat(api.send("HEAD", "/q/metrics", "", as(viewer)).status()).isEqualTo(200);
    }

    private void assertExposed(String accept, String form) {
        Api.Answer answer = api.get("/metrics", as(viewer, "Accept", accept));
        assertThat(answer.status()).as(accept).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("Content-Type")).as(accept).contains(form);
        assertThat(answer.text().endsWith("# EOF\n")).as(accept).isEqualTo(form.startsWith("application"));
    }

    @Test
    void typedWordsAreChecked() {
        assertWrong("/api/v1/network/matrix?metric=cpu", "bad_parameter", "metric");
        assertWrong("/api/v1/network/links?verdict=fine", "bad_parameter", "verdict");
        assertWrong("/api/v1/network/links?up=perhaps", "bad_parameter", "up");
        assertWrong("/api/v1/incidents?status=lasting", "bad_parameter", "status");
        assertThat(api.get("/api/v1/hosts/nobody-knows/reliability", as(viewer)).status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/hosts/nobody-knows/presence", as(viewer)).status())
                .isEqualTo(404);
    }
}
