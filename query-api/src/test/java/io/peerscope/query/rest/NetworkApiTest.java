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
                false);
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
