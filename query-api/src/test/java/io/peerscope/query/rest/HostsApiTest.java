package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.security.TokenUse;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Hosts, their parts and their tokens. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class HostsApiTest extends RunningApi {
    @Test
    void hostsAndTotalsAreWhatTheTopicsSayLast() {
        String name = "live-" + UUID.randomUUID();
        Instant now = Instant.now();
        MapLive map = new MapLive("prontera", "p2p", now, Map.of("player_count", 12.0), Map.of("map_status", "online"));
        HostLive host = new HostLive(
                name,
                HostStatus.UP,
                now,
                now,
                now,
                0,
                Map.of("region", "eu"),
                Map.of("cpu_usage", 12.5),
                List.of(map),
                new LinksLive(0, 0, null),
                false);
        writer.write(Topic.HOSTS_LIVE, name, Json.encode(host));
        writer.write(
                Topic.NETWORK_LIVE,
                "network",
                Json.encode(
                        new NetworkLive(1, 0, 12L, 99.5, null, new NetworkLive.ActiveMaps(1, 0), 0, Instant.now())));

        await().untilAsserted(() -> assertThat(api.get("/api/v1/hosts/" + name, as(viewer))
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("up"));
        Api.Answer list = api.get("/api/v1/hosts?q=" + name.toUpperCase(Locale.ROOT) + "&sort=-cpu_usage", as(viewer));
        assertThat(list.json().path("total").asInt()).isEqualTo(1);
        assertThat(list.json()
                        .path("hosts")
                        .get(0)
                        .path("fields")
                        .path("cpu_usage")
                        .asDouble())
                .isEqualTo(12.5);
        assertThat(api.get("/api/v1/hosts/" + name + "/maps", as(viewer))
                        .json()
                        .path("maps")
                        .get(0)
                        .path("player_count")
                        .asInt())
                .isEqualTo(12);

        await().untilAsserted(() -> {
            JsonNode realtime = api.get("/api/v1/metrics/realtime", as(viewer)).json();
            assertThat(realtime.path("total_players").asInt()).isEqualTo(12);
            assertThat(realtime.path("average_latency").isNull()).isTrue();
            assertThat(realtime.path("active_maps").path("p2p_hosted").asInt()).isEqualTo(1);
        });

        Alert firing = SampleAlerts.of(name, AlertStatus.FIRING, null, now);
        writer.write(Topic.ALERTS_ACTIVE, firing.key(), Json.encode(firing));
        await().untilAsserted(() -> assertThat(api.get("/api/v1/hosts/" + name, as(viewer))
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("degraded"));
        assertThat(api.get("/api/v1/hosts/nobody", as(viewer)).status()).isEqualTo(404);
    }

    @Test
    void aHostsTokensOverlapUntilTheyAreRevoked() {
        String host = "h-" + UUID.randomUUID();
        Api.Answer registered = api.send(
                "POST", "/api/v1/hosts", "{\"host\":\"" + host + "\",\"labels\":{\"region\":\"eu\"}}", as(admin));
        assertThat(registered.status()).isEqualTo(201);
        String token = registered.json().path("token").asText();
        assertThat(token).startsWith("ps_");
        assertThat(api.get("/api/v1/hosts", as(token)).status()).isEqualTo(403);
        assertThat(api.send("POST", "/api/v1/hosts", "{\"host\":\"" + host + "\"}", as(admin))
                        .status())
                .isEqualTo(409);

        Api.Answer second = api.send("POST", "/api/v1/hosts/" + host + "/tokens", null, as(admin));
        assertThat(second.status()).isEqualTo(201);
        assertThat(api.get("/api/v1/hosts/" + host + "/tokens", as(admin))
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(2);

        String first = registered.json().path("id").asText();
        assertThat(api.send("DELETE", "/api/v1/hosts/" + host + "/tokens/" + first, null, as(admin))
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/api/v1/hosts", as(token)).status()).isEqualTo(401);
        assertThat(api.get("/api/v1/hosts", as(second.json().path("token").asText()))
                        .status())
                .isEqualTo(403);
        assertThat(api.get("/api/v1/audit?object=" + host, as(admin)).text()).doesNotContain(token);
    }

    @Test
    void aTokenMayEndAndWhoMustBeWarnedIsListed() {
        String host = "h-" + UUID.randomUUID();
        String soon = Instant.now().plus(Duration.ofDays(3)).toString();
        Api.Answer registered = api.send(
                "POST", "/api/v1/hosts", "{\"host\":\"" + host + "\",\"expires_at\":\"" + soon + "\"}", as(admin));
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.json().path("expires_at").asText()).isEqualTo(soon);
        String id = registered.json().path("id").asText();
        assertThat(ending(host, "&replaced=true")).isEmpty();
        assertThat(ending(host, "&replaced=false")).hasSize(1);
        assertThat(ending(host, "")).singleElement().satisfies(token -> {
            assertThat(token.path("id").asText()).isEqualTo(id);
            assertThat(token.path("status").asText()).isEqualTo("expiring");
            assertThat(token.path("replaced").asBoolean()).isFalse();
            assertThat(token.path("last_used_at").isNull()).isTrue();
        });

        Instant used = Instant.parse("2026-11-22T08:00:00Z");
        writer.write(Topic.SECURITY_TOKEN_USE, id, Json.encode(new TokenUse(used)));
        long inAYear = Instant.now().plus(Duration.ofDays(365)).toEpochMilli();
        Api.Answer second =
                api.send("POST", "/api/v1/hosts/" + host + "/tokens", "{\"expires_at\":" + inAYear + "}", as(admin));
        assertThat(second.status()).isEqualTo(201);
        await().untilAsserted(() -> assertThat(ending(host, "")).singleElement().satisfies(token -> {
            assertThat(token.path("replaced").asBoolean()).isTrue();
            assertThat(token.path("last_used_at").asText()).isEqualTo(used.toString());
        }));
        assertThat(ending(host, "&replaced=true")).hasSize(1);
        assertThat(ending(host, "&replaced=false")).isEmpty();
        assertThat(api.get("/api/v1/audit?object=" + host, as(admin)).text()).contains("expires_at");
    }

    private List<JsonNode> ending(String host, String narrowed) {
        List<JsonNode> found = new ArrayList<>();
        api.get("/api/v1/tokens?status=expiring,expired&page_size=500" + narrowed, as(admin))
                .json()
                .path("tokens")
                .forEach(found::add);
        return found.stream()
                .filter(token -> token.path("host").asText().equals(host))
                .toList();
    }

    @Test
    void aTokenDoesNotEndInThePastOrAtNoTime() {
        String past = "{\"host\":\"h-past\",\"expires_at\":\"2020-01-01T00:00:00Z\"}";
        Api.Answer refused = api.send("POST", "/api/v1/hosts", past, as(admin));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("bad_timestamp");
        Api.Answer word =
                api.send("POST", "/api/v1/hosts", "{\"host\":\"h-past\",\"expires_at\":\"tomorrow\"}", as(admin));
        assertThat(word.status()).as(word.text()).isEqualTo(400);
        String host = "/api/v1/hosts/h-" + UUID.randomUUID();
        api.send("POST", "/api/v1/hosts", "{\"host\":\"" + host.substring(14) + "\"}", as(admin));
        for (String wrong : List.of("{\"expires\":1}", "{\"expires_at\":\"soon\"}", "{\"expires_at\":1000}", "[]")) {
            assertThat(api.send("POST", host + "/tokens", wrong, as(admin)).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(api.get("/api/v1/tokens?status=old", as(admin)).code()).isEqualTo("bad_parameter");
        assertThat(api.get("/api/v1/tokens?replaced=no", as(admin)).code()).isEqualTo("bad_parameter");
    }

    @Test
    void nobodyHasNoParts() {
        for (String part : List.of("", "/maps", "/alerts", "/tokens")) {
            Api.Answer nobody = api.get("/api/v1/hosts/nope" + part, as(admin));
            assertThat(nobody.status()).as(part).isEqualTo(404);
            assertThat(nobody.code()).isEqualTo("not_found");
        }
    }

    @Test
    void aHostThatNeverSpokeIsKnownByItsToken() {
        String host = "h-" + UUID.randomUUID();
        api.send("POST", "/api/v1/hosts", "{\"host\":\"" + host + "\"}", as(admin));
        Api.Answer alerts = api.get("/api/v1/hosts/" + host + "/alerts", as(viewer));
        assertThat(alerts.status()).isEqualTo(200);
        assertThat(alerts.json().path("total").asInt()).isZero();
    }

    @Test
    void typedWordsAreChecked() {
        assertWrong("/api/v1/hosts?status=fine", "bad_parameter", "status");
        assertWrong("/api/v1/hosts?status=up,fine", "bad_parameter", "status");
        assertWrong("/api/v1/hosts?page=0", "bad_parameter", "page");
        assertWrong("/api/v1/hosts?sort=cpu_usgae", "bad_parameter", "sort");
        assertThat(api.get("/api/v1/hosts?sort=-nonsense", as(viewer)).text())
                .contains("host, status, last_seen")
                .contains("cpu_usage");
        for (String right : List.of(
                "status=up,silent", "status=up&status=left", "sort=-cpu_usage", "sort=last_seen", "sort=-status")) {
            assertThat(api.get("/api/v1/hosts?" + right, as(viewer)).status())
                    .as(right)
                    .isEqualTo(200);
        }
    }
}
