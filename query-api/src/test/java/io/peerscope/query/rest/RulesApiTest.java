package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.rule.DefaultRules;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class RulesApiTest extends RunningApi {
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

        Api.Answer again = api.send(
                "POST", "/api/v1/rules", "{\"id\":\"" + id + "\",\"metric\":\"cpu_usage\",\"critical\":1}", as(admin));
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

        Api.Answer wrong = api.send("POST", "/api/v1/rules", "{\"id\":\"x\",\"operator\":\"=\"}", as(admin));
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
    void aRuleThatCannotWorkIsRefusedWithItsFields() {
        assertRefused("{\"id\":\"cpu_usage\",\"critical\":1,\"limt\":2}", "unknown_field", "limt");
        assertRefused("{\"id\":\"import\",\"metric\":\"cpu_usage\",\"critical\":1}", "rule_invalid", "id");
        assertRefused("{\"id\":\"what-if\",\"metric\":\"cpu_usage\",\"critical\":1}", "rule_invalid", "id");
        assertRefused("{\"id\":\"my_rule\",\"critical\":1}", "rule_invalid", "metric");
        assertRefused("{\"id\":\"cpu_usage\",\"critical\":1,\"where\":{\"shard\":7}}", "rule_invalid", "where.shard");
        assertRefused("{\"id\":\"cpu_usage\",\"critical\":1,\"where\":{\"a b\":\"c\"}}", "rule_invalid", "where.a b");
    }

    private void assertRefused(String rule, String code, String field) {
        assertWrong(api.send("POST", "/api/v1/rules", rule, as(admin)), code, field);
    }

    @Test
    void whatIsNoObjectIsSaidInOnePlainSentence() {
        Api.Answer list = api.send("POST", "/api/v1/rules", "[1]", as(admin));
        assertThat(list.status()).isEqualTo(400);
        assertThat(list.code()).isEqualTo("malformed");
        assertThat(list.json().path("detail").asText()).isEqualTo("a rule is an object with fields");
        assertThat(list.json().has("errors")).isFalse();
    }
}
