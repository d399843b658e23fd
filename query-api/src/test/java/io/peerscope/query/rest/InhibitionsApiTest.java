package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What is not worth a message while something else is on. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class InhibitionsApiTest extends RunningApi {
    @Test
    void anInhibitionIsMadeReadReplacedAndRemoved() {
        String path = "/api/v1/inhibitions";
        String body = "{\"id\":\"host_down\",\"source_matchers\":{\"rule_id\":\"host_silent\"},"
                + "\"target_matchers\":{\"host\":\"*\"},\"equal\":[\"host\"]}";
        assertThat(api.send("POST", path, body, as(admin)).status()).isEqualTo(201);
        assertThat(api.send("POST", path, body, as(admin)).code()).isEqualTo("conflict");
        assertThat(api.get(path, as(viewer)).json().path("inhibitions")).hasSize(1);
        Api.Answer replaced =
                api.send("PUT", path + "/host_down", body.replace("[\"host\"]", "[\"region\"]"), as(admin));
        assertThat(replaced.json().at("/equal/0").asText()).isEqualTo("region");
        assertWrong(
                api.send("POST", path, "{\"id\":\"x\",\"target_matchers\":{\"host\":\"*\"}}", as(admin)),
                "bad_parameter",
                "source_matchers");
        assertThat(api.send("DELETE", path + "/host_down", null, as(admin)).status())
                .isEqualTo(204);
        assertThat(api.get(path + "/host_down", as(viewer)).status()).isEqualTo(404);
    }
}
