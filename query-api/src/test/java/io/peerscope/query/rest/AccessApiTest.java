package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may do what. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class AccessApiTest extends RunningApi {
    /** Who may do what; an address that is missing here or there fails the test. */
    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("GET /api/v1/metrics/realtime", "viewer"),
            Map.entry("GET /api/v1/metrics/historical", "viewer"),
            Map.entry("GET /api/v1/metrics/trends", "viewer"),
            Map.entry("GET /api/v1/hosts", "viewer"),
            Map.entry("POST /api/v1/hosts", "admin"),
            Map.entry("GET /api/v1/hosts/{host}", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/maps", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/alerts", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/tokens", "admin"),
            Map.entry("POST /api/v1/hosts/{host}/tokens", "admin"),
            Map.entry("DELETE /api/v1/hosts/{host}/tokens/{id}", "admin"),
            Map.entry("GET /api/v1/tokens", "admin"),
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
            Map.entry("POST /api/v1/rules/import", "admin"),
            Map.entry("POST /api/v1/rules/what-if", "operator"),
            Map.entry("GET /api/v1/settings", "viewer"),
            Map.entry("PUT /api/v1/settings", "admin"),
            Map.entry("GET /api/v1/settings/catalogue", "viewer"),
            Map.entry("GET /api/v1/settings/history", "admin"),
            Map.entry("GET /api/v1/channels", "viewer"),
            Map.entry("POST /api/v1/channels", "admin"),
            Map.entry("GET /api/v1/channels/{id}", "viewer"),
            Map.entry("PUT /api/v1/channels/{id}", "admin"),
            Map.entry("DELETE /api/v1/channels/{id}", "admin"),
            Map.entry("POST /api/v1/channels/{id}/test", "admin"),
            Map.entry("POST /api/v1/channels/_reseal", "admin"),
            Map.entry("GET /api/v1/silences", "viewer"),
            Map.entry("POST /api/v1/silences", "operator"),
            Map.entry("GET /api/v1/silences/{id}", "viewer"),
            Map.entry("PUT /api/v1/silences/{id}", "operator"),
            Map.entry("DELETE /api/v1/silences/{id}", "operator"),
            Map.entry("GET /api/v1/channels/{id}/preview", "operator"),
            Map.entry("GET /api/v1/inhibitions", "viewer"),
            Map.entry("POST /api/v1/inhibitions", "admin"),
            Map.entry("GET /api/v1/inhibitions/{id}", "viewer"),
            Map.entry("PUT /api/v1/inhibitions/{id}", "admin"),
            Map.entry("DELETE /api/v1/inhibitions/{id}", "admin"),
            Map.entry("GET /api/v1/deliveries", "operator"),
            Map.entry("POST /api/v1/deliveries/{id}/replay", "operator"),
            Map.entry("POST /api/v1/session", "all"),
            Map.entry("GET /api/v1/session", "viewer"),
            Map.entry("DELETE /api/v1/session", "viewer"),
            Map.entry("GET /api/v1/session/oidc", "all"),
            Map.entry("POST /api/v1/session/oidc", "all"),
            Map.entry("GET /api/v1/session/oidc/callback", "all"),
            Map.entry("GET /api/v1/sessions", "viewer"),
            Map.entry("GET /api/v1/users/{username}/sessions", "admin"),
            Map.entry("DELETE /api/v1/users/{username}/sessions", "admin"),
            Map.entry("DELETE /api/v1/users/{username}/sessions/{id}", "admin"),
            Map.entry("GET /api/v1/session/second-factor", "viewer"),
            Map.entry("POST /api/v1/session/second-factor", "viewer"),
            Map.entry("PUT /api/v1/session/second-factor", "viewer"),
            Map.entry("POST /api/v1/session/second-factor/disable", "viewer"),
            Map.entry("POST /api/v1/session/second-factor/setup", "all"),
            Map.entry("POST /api/v1/session/second-factor/recovery-codes", "viewer"),
            Map.entry("DELETE /api/v1/users/{username}/second-factor", "admin"),
            Map.entry("DELETE /api/v1/sessions", "viewer"),
            Map.entry("DELETE /api/v1/sessions/{id}", "viewer"),
            Map.entry("GET /api/v1/users", "admin"),
            Map.entry("POST /api/v1/users", "admin"),
            Map.entry("PATCH /api/v1/users/{username}", "admin"),
            Map.entry("DELETE /api/v1/users/{username}", "admin"),
            Map.entry("GET /api/v1/network/events", "viewer"),
            Map.entry("GET /api/v1/network/links", "viewer"),
            Map.entry("GET /api/v1/network/links/{a}/{b}", "viewer"),
            Map.entry("GET /api/v1/network/matrix", "viewer"),
            Map.entry("GET /api/v1/network/topology", "viewer"),
            Map.entry("GET /api/v1/network/paths", "viewer"),
            Map.entry("GET /api/v1/network/heatmap", "viewer"),
            Map.entry("GET /api/v1/network/contribution", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/exchange", "viewer"),
            Map.entry("GET /api/v1/game", "viewer"),
            Map.entry("GET /api/v1/security", "viewer"),
            Map.entry("GET /api/v1/network/suggestions", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/presence", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/reliability", "viewer"),
            Map.entry("GET /api/v1/network/reliability", "viewer"),
            Map.entry("GET /api/v1/incidents", "viewer"),
            Map.entry("GET /api/v1/incidents/{id}", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/ledger", "viewer+fleet"),
            Map.entry("GET /api/v1/hosts/{host}/ledger/days", "viewer+fleet"),
            Map.entry("GET /api/v1/ledger", "viewer"),
            Map.entry("GET /api/v1/hosts/{host}/clock", "viewer"),
            Map.entry("GET /api/v1/clocks", "viewer"),
            Map.entry("GET /api/v1/ingest/receipts/{id}", "operator+fleet"),
            Map.entry("GET /api/v1/quarantine", "operator+fleet"),
            Map.entry("GET /api/p2p/analytics/session/{session_id}", "viewer"),
            Map.entry("GET /api/p2p/analytics/user/{user_id}", "viewer"),
            Map.entry("GET /api/p2p/analytics/stats", "viewer"),
            Map.entry("GET /api/p2p/analytics/performance-report/{user_id}", "viewer"),
            Map.entry("GET /api/p2p/dashboard", "viewer"),
            Map.entry("GET /api/p2p/dashboard/page.css", "viewer"),
            Map.entry("GET /api/p2p/dashboard/page.js", "viewer"),
            Map.entry("GET /api/p2p/dashboard/realtime-metrics", "viewer"),
            Map.entry("GET /api/p2p/dashboard/alerts", "viewer"),
            Map.entry("GET /api/p2p/dashboard/trends", "viewer"),
            Map.entry("GET /api/v1/storage", "viewer"),
            Map.entry("POST /api/v1/storage/cleanup", "admin"),
            Map.entry("GET /api/v1/audit/chain", "admin"),
            Map.entry("GET /api/v1/audit", "admin"));

    @Test
    void everyAddressHasItsRoleAndRefusesEverybodyElse() throws Exception {
        JsonNode paths =
                Json.mapper().readTree(api.get("/q/openapi?format=json").text()).path("paths");
        Set<String> seen = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        paths.properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            String operation = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
            seen.add(operation);
            String said = ROLES.getOrDefault(operation, "nobody said");
            boolean alsoFleet = said.endsWith("+fleet");
            String needed = said.replace("+fleet", "");
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
                                && !caller.getKey().equals("fleet")
                        || alsoFleet && caller.getKey().equals("fleet");
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
}
