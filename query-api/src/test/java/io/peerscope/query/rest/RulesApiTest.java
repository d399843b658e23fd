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

    private Api.Answer put(String id, String rule, String... headers) {
        return api.send("PUT", "/api/v1/rules/" + id, rule, as(admin, headers));
    }

    private static String tag(Api.Answer answer) {
        return answer.raw().headers().firstValue("ETag").orElse("none");
    }

    private static long version(Api.Answer answer) {
        return answer.json().path("version").asLong();
    }

    @Test
    void noTwoRulesEverHaveTheSameNameAndVersion() {
        String id = "again-" + UUID.randomUUID();
        String rule = "{\"id\":\"" + id + "\",\"metric\":\"cpu_usage\",\"critical\":%d}";
        assertThat(version(api.send("POST", "/api/v1/rules", rule.formatted(90), as(admin))))
                .isEqualTo(1);
        assertThat(version(put(id, rule.formatted(91)))).isEqualTo(2);
        api.send("DELETE", "/api/v1/rules/" + id, null, as(admin));

        Api.Answer made = api.send("POST", "/api/v1/rules", rule.formatted(92), as(admin));
        assertThat(made.status()).isEqualTo(201);
        assertThat(version(made)).isEqualTo(3);
        assertThat(tag(made)).isEqualTo("\"3\"");
        api.send("DELETE", "/api/v1/rules/" + id, null, as(admin));
    }

    @Test
    void anImportGoesOnCountingToo() {
        String old = "{\"alerts\":[{\"type\":\"gone\",\"threshold\":{\"cpu\":91},\"severity\":\"high\"}]}";
        api.send("POST", "/api/v1/rules/import", old, as(admin));
        api.send("DELETE", "/api/v1/rules/gone_cpu_usage", null, as(admin));
        Api.Answer dry = api.send("POST", "/api/v1/rules/import?dry_run=true", old, as(admin));
        Api.Answer again = api.send("POST", "/api/v1/rules/import", old, as(admin));
        assertThat(again.json().at("/rules/0/version").asLong()).isEqualTo(2);
        assertThat(dry.json().at("/rules/0/version").asLong()).isEqualTo(2);
        assertThat(again.json().at("/outcomes/gone_cpu_usage").asText()).isEqualTo("created");
        assertThat(version(put("gone_cpu_usage", "{\"high\":95,\"metric\":\"cpu_usage\"}")))
                .isEqualTo(3);
    }

    @Test
    void whoWasSlowerIsRefusedAndToldWhatToDo() {
        String id = "slow-" + UUID.randomUUID();
        String rule = "{\"id\":\"" + id + "\",\"metric\":\"cpu_usage\",\"critical\":%d%s}";
        api.send("POST", "/api/v1/rules", rule.formatted(90, ""), as(admin));
        Api.Answer read = api.get("/api/v1/rules/" + id, as(viewer));
        assertThat(tag(read)).isEqualTo("\"1\"");
        assertThat(api.get("/api/v1/rules/" + id, as(viewer, "If-None-Match", tag(read)))
                        .status())
                .isEqualTo(304);

        Api.Answer quicker = put(id, rule.formatted(91, ",\"version\":1"), "If-Match", tag(read));
        assertThat(quicker.status()).as(quicker.text()).isEqualTo(200);
        assertThat(tag(quicker)).isEqualTo("\"2\"");

        Api.Answer slower = put(id, rule.formatted(92, ""), "If-Match", tag(read));
        assertThat(slower.status()).isEqualTo(412);
        assertThat(slower.code()).isEqualTo("precondition_failed");
        assertThat(slower.json().path("detail").asText()).contains(id, "version 2", "Read it again");
        Api.Answer slowerByVersion = put(id, rule.formatted(93, ",\"version\":1"));
        assertThat(slowerByVersion.status()).isEqualTo(409);
        assertThat(slowerByVersion.code()).isEqualTo("conflict");
        assertThat(slowerByVersion.json().path("detail").asText())
                .contains("is at version 2", "made of version 1", "leave version out");
        assertThat(api.send("DELETE", "/api/v1/rules/" + id, null, as(admin, "If-Match", tag(read)))
                        .status())
                .isEqualTo(412);

        assertThat(api.get("/api/v1/rules/" + id, as(viewer))
                        .json()
                        .path("critical")
                        .asInt())
                .isEqualTo(91);
        assertThat(version(put(id, rule.formatted(94, ""))))
                .as("whatever there is")
                .isEqualTo(3);
        assertThat(version(put(id, rule.formatted(95, ""), "If-Match", "*"))).isEqualTo(4);
        assertThat(api.send("DELETE", "/api/v1/rules/" + id, null, as(admin, "If-Match", "\"4\""))
                        .status())
                .isEqualTo(204);
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

    @Test
    void oldFormsAreImportedOnceAndReplacedWhereTheyDiffer() {
        String old =
                "{\"alerts\":[{\"type\":\"oldform\",\"threshold\":{\"cpu\":91,\"rtt\":300},\"severity\":\"high\"}]}";
        Api.Answer dry = api.send("POST", "/api/v1/rules/import?dry_run=true", old, as(admin));
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().at("/outcomes/oldform_cpu_usage").asText()).isEqualTo("created");
        assertThat(dry.json().path("dry_run").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/rules/oldform_cpu_usage", as(viewer)).status())
                .isEqualTo(404);

        assertThat(api.send("POST", "/api/v1/rules/import", old, as(admin)).status())
                .isEqualTo(200);
        Api.Answer again = api.send("POST", "/api/v1/rules/import", old.replace("91", "92"), as(admin));
        assertThat(again.json().at("/outcomes/oldform_cpu_usage").asText()).isEqualTo("replaced");
        assertThat(again.json().at("/outcomes/oldform_latency_ms").asText()).isEqualTo("unchanged");
        Api.Answer rule = api.get("/api/v1/rules/oldform_cpu_usage", as(viewer));
        assertThat(rule.json().path("version").asInt()).isEqualTo(2);
        assertThat(rule.json().path("high").asInt()).isEqualTo(92);
        assertThat(api.get("/api/v1/rules/oldform_latency_ms", as(viewer))
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.get("/api/v1/audit?object=oldform_cpu_usage", as(admin))
                        .json()
                        .path("audit"))
                .extracting(entry -> entry.path("action").asText())
                .containsExactly("rule.import", "rule.import");
        assertThat(api.send("POST", "/api/v1/rules/import", old, as(operator)).status())
                .isEqualTo(403);
        assertWrong(api.send("POST", "/api/v1/rules/import?dry_run=yes", old, as(admin)), "bad_parameter", "dry_run");
    }

    @Test
    void aFaultHasItsLineAndColumn() {
        Api.Answer rule = api.send(
                "POST",
                "/api/v1/rules",
                "id: placed\nmetric: cpu_usage\ncritical: hot\n",
                as(admin, "Content-Type", "application/yaml"));
        assertWrong(rule, "rule_invalid", "critical");
        assertThat(rule.json().at("/errors/0/line").asInt()).isEqualTo(3);
        assertThat(rule.json().at("/errors/0/column").asInt()).isEqualTo(1);
        Api.Answer senseless = api.send(
                "POST",
                "/api/v1/rules",
                "id: placed\nmetric: cpu_usage\nwhere:\n  host: ''\ncritical: -1\nsummary: '{{vlaue}}'\n",
                as(admin, "Content-Type", "application/yaml"));
        assertThat(senseless.json().path("errors"))
                .extracting(each ->
                        each.path("field").asText() + " " + each.path("line").asInt())
                .containsExactly("where.host 4", "critical 5", "summary 6");
        Api.Answer imported = api.send(
                "POST",
                "/api/v1/rules/import",
                "alerts:\n  cpu_usage:\n    warning: 200\n",
                as(admin, "Content-Type", "application/yaml"));
        assertWrong(imported, "rule_invalid", "alerts.cpu_usage.warning");
        assertThat(imported.json().at("/errors/0/line").asInt()).isEqualTo(3);
    }

    @Test
    void rulesAreGivenOutForPrometheus() {
        Api.Answer file = api.get("/api/v1/rules?format=prometheus", as(viewer));
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.raw().headers().firstValue("Content-Type").orElse("")).startsWith("application/yaml");
        assertThat(file.text()).contains("peerscope_cpu_usage{kind=\"host\"} > 90".replace("\"", "\\\""));
        assertWrong("/api/v1/rules?format=nagios", "bad_parameter", "format");
    }
}
