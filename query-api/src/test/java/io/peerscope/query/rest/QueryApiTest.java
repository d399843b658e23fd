package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.foundation.kafka.RecordWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service against a real broker and a real database, spoken to over HTTP. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
class QueryApiTest {
    /** Who may do what; an address that is missing here or there fails the test. */
    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("GET /api/v1/metrics/realtime", "viewer"),
            Map.entry("GET /api/v1/metrics/historical", "viewer"),
            Map.entry("GET /api/v1/hosts", "viewer"),
            Map.entry("POST /api/v1/hosts", "admin"),
            Map.entry("GET /api/v1/hosts/{host}", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/maps", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/alerts", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/tokens", "admin"),
            Map.entry("POST /api/v1/hosts/{host}/tokens", "admin"),
            Map.entry("DELETE /api/v1/hosts/{host}/tokens/{id}", "admin"),
            Map.entry("GET /api/v1/maps", "viewer"),
            Map.entry("GET /api/v1/catalog/metrics", "viewer"),
            Map.entry("GET /api/v1/alerts", "viewer"),
            Map.entry("GET /api/v1/alerts/active", "viewer"),
            Map.entry("GET /api/v1/alerts/{id}", "viewer"),
            Map.entry("GET /api/v1/alerts/{id}/timeline", "viewer"),
            Map.entry("PATCH /api/v1/alerts/{id}", "operator"),
            Map.entry("GET /api/v1/rules", "viewer"),
            Map.entry("POST /api/v1/rules", "admin"),
            Map.entry("GET /api/v1/rules/{id}", "viewer"),
            Map.entry("PUT /api/v1/rules/{id}", "admin"),
            Map.entry("DELETE /api/v1/rules/{id}", "admin"),
            Map.entry("GET /api/v1/channels", "viewer"),
            Map.entry("POST /api/v1/channels", "admin"),
            Map.entry("GET /api/v1/channels/{id}", "viewer"),
            Map.entry("PUT /api/v1/channels/{id}", "admin"),
            Map.entry("DELETE /api/v1/channels/{id}", "admin"),
            Map.entry("POST /api/v1/channels/{id}/test", "admin"),
            Map.entry("GET /api/v1/deliveries", "operator"),
            Map.entry("POST /api/v1/session", "all"),
            Map.entry("GET /api/v1/session", "viewer"),
            Map.entry("DELETE /api/v1/session", "viewer"),
            Map.entry("GET /api/v1/users", "admin"),
            Map.entry("POST /api/v1/users", "admin"),
            Map.entry("PATCH /api/v1/users/{username}", "admin"),
            Map.entry("DELETE /api/v1/users/{username}", "admin"),
            Map.entry("GET /api/v1/audit", "admin"));

    @TestHTTPResource
    URI base;

    @ConfigProperty(name = "test.token.admin")
    String admin;

    @ConfigProperty(name = "test.token.operator")
    String operator;

    @ConfigProperty(name = "test.token.viewer")
    String viewer;

    @ConfigProperty(name = "test.token.fleet")
    String fleet;

    @ConfigProperty(name = "peerscope.kafka.bootstrap-servers")
    String bootstrapServers;

    private Api api;
    private RecordWriter writer;
    private KafkaClients clients;

    @BeforeEach
    void ready() {
        api = new Api(base);
        clients = new KafkaClients(KafkaConfig.local(bootstrapServers, Path.of("unused")));
        writer = new RecordWriter(clients, "test-writer");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/q/health/ready").status() == 200);
    }

    @AfterEach
    void done() {
        writer.close();
    }

    private String[] as(String token, String... more) {
        return Api.bearer(token, more);
    }

    @Test
    void everyAddressHasItsRoleAndRefusesEverybodyElse() throws Exception {
        JsonNode paths =
                Json.mapper().readTree(api.get("/q/openapi?format=json").text()).path("paths");
        Set<String> seen = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        paths.properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            String operation = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
            seen.add(operation);
            String needed = ROLES.getOrDefault(operation, "nobody said");
            for (Map.Entry<String, String> caller : Map.of(
                            "viewer", viewer, "operator", operator, "admin", admin, "fleet", fleet)
                    .entrySet()) {
                // an unknown body and id: whoever is let in gets another refusal, and nothing happens
                String target = path.getKey().replaceAll("\\{[^}]+}", "no-such-thing");
                int status = api.send(
                                method.toUpperCase(Locale.ROOT),
                                target,
                                method.equals("get") || method.equals("delete") ? null : "{\"nonsense\":1}",
                                as(caller.getValue()))
                        .status();
                boolean may = needed.equals("all")
                        || List.of("viewer", "operator", "admin").indexOf(caller.getKey())
                                        >= List.of("viewer", "operator", "admin")
                                                .indexOf(needed)
                                && !caller.getKey().equals("fleet");
                if (may == (status == 403)) {
                    wrong.add(operation + " as " + caller.getKey() + ": " + status);
                }
            }
            int anonymous = api.send(
                            method.toUpperCase(Locale.ROOT), path.getKey().replaceAll("\\{[^}]+}", "x"), null)
                    .status();
            if (!needed.equals("all") && anonymous != 401) {
                wrong.add(operation + " without a credential: " + anonymous);
            }
        }));
        assertThat(wrong).isEmpty();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ROLES.keySet());
    }

    @Test
    void anAddressThatDoesNotSayWhoMayUseItIsRefused() {
        assertThat(api.get("/api/v1/forgotten", as(admin)).status()).isEqualTo(403);
    }

    @Test
    void whatBreaksTellsNothing() {
        Api.Answer broken = api.get("/api/v1/forgotten/broken");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.code()).isEqualTo("internal");
        assertThat(broken.text()).doesNotContain("select").doesNotContain("IllegalState");
    }

    @Test
    void pointsInTheTopicAreAnswersOfTheApi() {
        String host = "h-" + UUID.randomUUID();
        Subject subject = new Subject(host, "host", Labels.of("region", "eu"));
        long now = Instant.now().toEpochMilli();
        List<Point> points = List.of(
                Point.of(subject, now - 2000, Map.of("cpu_usage", 10.0, "memory_usage", 50.0)),
                Point.of(subject, now - 1000, Map.of("cpu_usage", 30.0)));
        byte[] batch = PointBatchCodec.encode(new PointBatch(host, "", 0, now, "r", 0, false, points));
        writer.write(Topic.METRICS_POINTS, host, batch);
        writer.write(Topic.METRICS_POINTS, host, batch);

        Api.Answer answer = api.get(
                "/api/v1/metrics/historical?timeframe=1h&metrics=cpu_usage,memory_usage&aggregate=sum&max_points=1&hosts="
                        + host,
                as(viewer, "X-Read-Consistency", "strong"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("tier").asText()).isEqualTo("raw");
        assertThat(answer.json().path("series")).hasSize(2);
        JsonNode cpu = answer.json().path("series").get(0);
        assertThat(cpu.path("metric").asText()).isEqualTo("cpu_usage");
        assertThat(cpu.path("host").asText()).isEqualTo(host);
        assertThat(cpu.path("labels").path("region").asText()).isEqualTo("eu");
        assertThat(sum(cpu)).isEqualTo(40.0);

        Api.Answer csv = api.get(
                "/api/v1/metrics/historical?metrics=cpu_usage&format=csv&aggregate=count&hosts=" + host, as(viewer));
        assertThat(csv.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.text())
                .startsWith("time,metric,host,kind,labels,value\r\n")
                .contains(",cpu_usage," + host);
    }

    private static double sum(JsonNode series) {
        double sum = 0;
        for (JsonNode point : series.path("points")) {
            sum += point.get(1).asDouble();
        }
        return sum;
    }

    @Test
    void brokenRecordsGoToTheDeadLettersAndTheRestGoesOn() {
        String host = "h-" + UUID.randomUUID();
        writer.write(Topic.METRICS_POINTS, host, new byte[] {1, 2, 3});
        long now = Instant.now().toEpochMilli();
        Point point = Point.of(new Subject(host, "host", Labels.none()), now, Map.of("cpu_usage", 1.0));
        writer.write(
                Topic.METRICS_POINTS,
                host,
                PointBatchCodec.encode(new PointBatch(host, "", 0, now, "", 0, false, List.of(point))));

        Api.Answer answer = api.get(
                "/api/v1/metrics/historical?metrics=cpu_usage&hosts=" + host,
                as(viewer, "X-Read-Consistency", "strong"));
        assertThat(answer.json().path("series")).hasSize(1);
        List<String> letters = new ArrayList<>();
        try (RecordLoop loop = new RecordLoop(
                        clients,
                        "test-letters",
                        List.of(Topic.METRICS_POINTS_DLQ),
                        RecordLoop.From.BEGINNING,
                        row -> letters.add(row.key()))
                .start()) {
            await().until(() -> letters.contains(host));
        }
    }

    @Test
    void wrongQuestionsAreAnsweredWithWhatIsWrong() {
        assertWrong("/api/v1/metrics/historical", "missing_field", "metrics");
        assertWrong("/api/v1/metrics/historical?metrics=a&agregate=max", "unknown_field", "agregate");
        assertWrong("/api/v1/metrics/historical?metrics=a&aggregate=mean", "bad_parameter", "aggregate");
        assertWrong("/api/v1/metrics/historical?metrics=a&from=yesterday", "bad_timestamp", "from");
        assertWrong("/api/v1/metrics/historical?metrics=a&timeframe=2h", "bad_parameter", "timeframe");
        assertWrong("/api/v1/metrics/historical?metrics=a&max_points=0", "bad_parameter", "max_points");
        assertWrong("/api/v1/hosts?status=fine", "bad_parameter", "status");
        assertWrong("/api/v1/hosts?page=0", "bad_parameter", "page");
        Api.Answer tooWide = api.get("/api/v1/metrics/historical?metrics=a&aggregate=p95&timeframe=7d", as(viewer));
        assertThat(tooWide.status()).isEqualTo(400);
        assertThat(tooWide.code()).isEqualTo("range_too_wide");
    }

    private void assertWrong(String path, String code, String field) {
        Api.Answer answer = api.get(path, as(viewer));
        assertThat(answer.status()).as(path).isEqualTo(400);
        assertThat(answer.code()).as(path).isEqualTo(code);
        assertThat(answer.json().path("errors").get(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void everyErrorIsAProblem() {
        Api.Answer missing = api.get("/api/v1/nothing", as(viewer));
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.code()).isEqualTo("not_found");
        assertThat(missing.raw().headers().firstValue("Content-Type")).contains("application/problem+json");

        Api.Answer method = api.send("PUT", "/api/v1/hosts", "{}", as(admin));
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.code()).isEqualTo("method_not_allowed");

        Api.Answer type = api.send("POST", "/api/v1/users", "x", as(admin, "Content-Type", "text/plain"));
        assertThat(type.status()).isEqualTo(415);

        Api.Answer json = api.send("POST", "/api/v1/users", "{\"username\":", as(admin));
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.code()).isEqualTo("malformed");

        Api.Answer unknown = api.send("POST", "/api/v1/users", "{\"user\":\"x\"}", as(admin));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.code()).isEqualTo("unknown_field");
        assertThat(unknown.json().path("errors").get(0).path("field").asText()).isEqualTo("user");

        Api.Answer anonymous = api.get("/api/v1/hosts");
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.code()).isEqualTo("unauthenticated");
        assertThat(anonymous.raw().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(anonymous.raw().headers().firstValue("X-Content-Type-Options"))
                .contains("nosniff");
    }

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

        Alert firing = alert(name, AlertStatus.FIRING, null, now);
        writer.write(Topic.ALERTS_ACTIVE, firing.key(), Json.encode(firing));
        await().untilAsserted(() -> assertThat(api.get("/api/v1/hosts/" + name, as(viewer))
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("degraded"));
        assertThat(api.get("/api/v1/hosts/nobody", as(viewer)).status()).isEqualTo(404);
    }

    private static Alert alert(String host, AlertStatus status, @Nullable String acknowledgedBy, Instant at) {
        return new Alert(
                "alert-" + host,
                "cpu_usage",
                1,
                host,
                new AlertSubject("host", Map.of()),
                "cpu_usage",
                status,
                Severity.CRITICAL,
                99.0,
                90.0,
                at,
                at,
                at,
                status == AlertStatus.RESOLVED ? at : null,
                acknowledgedBy,
                acknowledgedBy == null ? null : at,
                null,
                null,
                null,
                "CPU",
                Map.of(),
                false);
    }

    /** Stands in for alert-service: does what commands ask. */
    private RecordLoop obedient() {
        return new RecordLoop(
                clients, "test-alert-service", List.of(Topic.ALERTS_COMMANDS), RecordLoop.From.END, row -> {
                    AlertCommand command = Json.decode(row.value(), AlertCommand.class);
                    boolean resolve = command.action() == AlertCommand.Action.RESOLVE;
                    Alert after = alert(
                            row.key(), resolve ? AlertStatus.RESOLVED : AlertStatus.FIRING, command.by(), command.at());
                    AlertEvent event = AlertEvent.of(
                            resolve ? AlertTransition.RESOLVED : AlertTransition.ACKNOWLEDGED,
                            after,
                            resolve ? 3 : 2,
                            null);
                    writer.write(Topic.ALERTS_EVENTS, after.key(), Json.encode(event));
                    writer.write(Topic.ALERTS_ACTIVE, after.key(), resolve ? null : Json.encode(after));
                });
    }

    @Test
    void anAlertIsAcknowledgedAndResolvedAndItsStoryIsTold() {
        String host = "alerting-" + UUID.randomUUID();
        Alert firing = alert(host, AlertStatus.FIRING, null, Instant.now().minusSeconds(60));
        writer.write(
                Topic.ALERTS_EVENTS, firing.key(), Json.encode(AlertEvent.of(AlertTransition.FIRING, firing, 1, null)));
        writer.write(Topic.ALERTS_ACTIVE, firing.key(), Json.encode(firing));
        String path = "/api/v1/alerts/" + firing.id();
        await().untilAsserted(
                        () -> assertThat(api.get("/api/v1/alerts/active?severity=critical&host=" + host, as(viewer))
                                        .json()
                                        .path("total")
                                        .asInt())
                                .isEqualTo(1));

        try (RecordLoop service = obedient().start()) {
            await().until(service::caughtUp);
            Api.Answer acknowledged = api.send("PATCH", path, "{\"status\":\"acknowledged\"}", as(operator));
            assertThat(acknowledged.status()).isEqualTo(200);
            assertThat(acknowledged.json().path("acknowledged_by").asText()).isEqualTo("operator");

            assertThat(api.send("PATCH", path, "{\"status\":\"nonsense\"}", as(operator))
                            .status())
                    .isEqualTo(400);
            assertThat(api.send("PATCH", path, "{\"severity\":\"info\"}", as(operator))
                            .code())
                    .isEqualTo("unknown_field");
            assertThat(api.send("PATCH", "/api/v1/alerts/none", "{\"status\":\"open\"}", as(operator))
                            .status())
                    .isEqualTo(404);

            Api.Answer resolved = api.send("PATCH", path, "{\"status\":\"resolved\"}", as(admin));
            assertThat(resolved.json().path("status").asText()).isEqualTo("resolved");
            assertThat(api.send("PATCH", path, "{\"status\":\"acknowledged\"}", as(viewer))
                            .status())
                    .isEqualTo(403);
        }
        await().untilAsserted(() -> {
            JsonNode timeline = api.get(path + "/timeline", as(viewer)).json().path("timeline");
            assertThat(timeline)
                    .extracting(moment -> moment.path("what").asText())
                    .containsExactly("firing", "acknowledged", "resolved");
        });
        assertThat(api.get("/api/v1/alerts?host=" + host, as(viewer))
                        .json()
                        .path("alerts")
                        .get(0)
                        .path("status")
                        .asText())
                .isEqualTo("resolved");
        assertThat(api.get("/api/v1/audit?object=" + firing.id(), as(admin))
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void rulesAreMadeChangedAndRemoved() {
        String id = "rule-" + UUID.randomUUID();
        assertThat(api.get("/api/v1/rules", as(viewer)).json().path("total").asInt())
                .isGreaterThanOrEqualTo(DefaultRules.load().size());

        Api.Answer created = api.send(
                "POST",
                "/api/v1/rules",
                "id: " + id + "\nmetric: cpu_usage\noperator: \">\"\nwarning: 80\ncritical: 90\nduration: 300\n",
                as(admin, "Content-Type", "application/yaml"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("version").asInt()).isEqualTo(1);
        assertThat(created.raw().headers().firstValue("Location").orElse("")).endsWith("/api/v1/rules/" + id);

        Api.Answer again = api.send("POST", "/api/v1/rules", "{\"id\":\"" + id + "\",\"critical\":1}", as(admin));
        assertThat(again.status()).isEqualTo(409);

        Api.Answer replaced =
                api.send("PUT", "/api/v1/rules/" + id, "{\"metric\":\"cpu_usage\",\"critical\":95}", as(admin));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("version").asInt()).isEqualTo(2);
        assertThat(api.get("/api/v1/rules/" + id, as(viewer, "X-Read-Consistency", "strong"))
                        .json()
                        .path("critical")
                        .asInt())
                .isEqualTo(95);
        assertThat(api.get("/api/v1/rules/" + id, as(viewer, "Accept", "application/yaml"))
                        .text())
                .contains("critical: 95");

        Api.Answer wrong =
                api.send("POST", "/api/v1/rules", "{\"id\":\"x\",\"operator\":\"=\",\"limit\":1}", as(admin));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.code()).isEqualTo("rule_invalid");
        assertThat(wrong.json().path("errors")).hasSize(3);

        assertThat(api.send("DELETE", "/api/v1/rules/" + id, null, as(admin)).status())
                .isEqualTo(204);
        assertThat(api.get("/api/v1/rules/" + id, as(viewer)).status()).isEqualTo(404);
        assertThat(api.get("/api/v1/audit?object=" + id, as(admin)).json().path("audit"))
                .extracting(entry -> entry.path("action").asText())
                .containsExactly("rule.delete", "rule.replace", "rule.create");
    }

    @Test
    void channelsKeepTheirSecrets() {
        String id = "hook-" + UUID.randomUUID();
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        String body = "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"https://192.0.2.1/hook\",\"secret\":\"%s\"}"
                .formatted(id, secret);
        Api.Answer created = api.send("POST", "/api/v1/channels", body, as(admin));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain(secret);
        assertThat(created.json().path("has_secret").asBoolean()).isTrue();
        assertThat(created.json().path("cooldown_seconds").asInt()).isEqualTo(300);

        Api.Answer replaced = api.send(
                "PUT", "/api/v1/channels/" + id, "{\"type\":\"webhook\",\"min_severity\":\"critical\"}", as(admin));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("url").asText()).isEqualTo("https://192.0.2.1/hook");
        assertThat(replaced.json().path("has_secret").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/channels/" + id, as(viewer))
                        .json()
                        .path("url")
                        .isNull())
                .isTrue();

        Api.Answer loopback = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"x\",\"type\":\"webhook\",\"url\":\"http://127.0.0.1:9/\"}",
                as(admin));
        assertThat(loopback.status()).isEqualTo(400);
        assertThat(loopback.json().path("errors").get(0).path("field").asText()).isEqualTo("url");
        Api.Answer nobody = api.send("POST", "/api/v1/channels", "{\"id\":\"x\",\"type\":\"email\"}", as(admin));
        assertThat(nobody.json().path("errors").get(0).path("field").asText()).isEqualTo("recipients");

        Api.Answer tested = api.send("POST", "/api/v1/channels/" + id + "/test", null, as(admin));
        assertThat(tested.status()).isEqualTo(202);
        assertThat(tested.json().path("delivery_id").asText()).startsWith("test-");
        assertThat(api.send("DELETE", "/api/v1/channels/" + id, null, as(admin)).status())
                .isEqualTo(204);
        assertThat(api.get("/api/v1/audit?object=" + id, as(admin)).text()).doesNotContain(secret);
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
    void peopleLogInAndAreShutOut() {
        String name = "u" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(api.send("POST", "/api/v1/users", user(name, "password"), as(admin))
                        .status())
                .isEqualTo(400);
        assertThat(api.send("POST", "/api/v1/users", user(name, "correct horse"), as(admin))
                        .status())
                .isEqualTo(201);

        Api.Answer login = login(name, "correct horse");
        assertThat(login.status()).isEqualTo(200);
        String cookie = login.raw().headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("sid=")
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/");
        String sid = cookie.substring(0, cookie.indexOf(';'));
        assertThat(api.get("/api/v1/session", "Cookie", sid).json().path("role").asText())
                .isEqualTo("operator");

        assertThat(api.send("DELETE", "/api/v1/session", null, "Cookie", sid).status())
                .as("no header")
                .isEqualTo(403);
        assertThat(api.send(
                                "DELETE",
                                "/api/v1/session",
                                null,
                                "Cookie",
                                sid,
                                "X-Requested-With",
                                "x",
                                "Origin",
                                "https://evil.example")
                        .status())
                .isEqualTo(403);
        // a session is no token, and a token no session
        assertThat(api.get("/api/v1/session", as(sid.substring("sid=".length())))
                        .status())
                .isEqualTo(401);
        assertThat(api.get("/api/v1/session", "Cookie", "sid=" + admin).status())
                .isEqualTo(401);

        assertThat(api.send("PATCH", "/api/v1/users/" + name, "{\"disabled\":true}", as(admin))
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/session", "Cookie", sid).status()).isEqualTo(401);
        assertThat(login(name, "correct horse").status()).isEqualTo(401);

        api.send("PATCH", "/api/v1/users/" + name, "{\"disabled\":false}", as(admin));
        String next = sid(login(name, "correct horse"));
        assertThat(api.send("DELETE", "/api/v1/session", null, "Cookie", next, "X-Requested-With", "x")
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/api/v1/session", "Cookie", next).status()).isEqualTo(401);
        assertThat(api.send("DELETE", "/api/v1/users/" + name, null, as(admin)).status())
                .isEqualTo(204);
        assertThat(api.get("/api/v1/audit", as(admin)).text())
                .doesNotContain("correct horse")
                .doesNotContain("argon2");
    }

    @Test
    void theOneTimeCodeWorksOnce() {
        String body = "{\"one_time\":\"" + Backends.ONE_TIME_CODE + "\"}";
        Api.Answer first = api.send("POST", "/api/v1/session", body);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("role").asText()).isEqualTo("admin");
        assertThat(api.send("POST", "/api/v1/session", body).status()).isEqualTo(401);
        assertThat(api.get("/api/v1/users", "Cookie", sid(first)).status()).isEqualTo(200);
    }

    private Api.Answer login(String name, String password) {
        return api.send(
                "POST", "/api/v1/session", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
    }

    private static String sid(Api.Answer login) {
        String cookie = login.raw().headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static String user(String name, String password) {
        return "{\"username\":\"%s\",\"password\":\"%s\",\"role\":\"operator\"}".formatted(name, password);
    }
}
