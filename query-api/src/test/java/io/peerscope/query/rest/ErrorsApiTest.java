package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Errors are problems, and say what would be right. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class ErrorsApiTest extends RunningApi {
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
    void aFormThatNobodyCanGiveIsNotAcceptable() {
        Api.Answer image = api.get("/api/v1/hosts", as(viewer, "Accept", "image/png"));
        assertThat(image.status()).isEqualTo(406);
        assertThat(image.code()).isEqualTo("not_acceptable");
        assertThat(image.raw().headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        assertThat(allowed("PUT", "/api/v1/hosts")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(allowed("POST", "/api/v1/rules/cpu_usage")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PUT");
        assertThat(allowed("DELETE", "/api/v1/metrics/realtime")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(allowed("POST", "/health")).isEqualTo("GET, HEAD");
        assertThat(api.get("/health").status()).isEqualTo(200);
    }

    private String allowed(String method, String path) {
        Api.Answer answer = api.send(method, path, "{}", as(admin));
        assertThat(answer.status()).as(path).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method_not_allowed");
        return answer.raw().headers().firstValue("Allow").orElse("");
    }

    @Test
    void aConsistencyThatDoesNotExistIsRefused() {
        assertWrong(
                api.get("/api/v1/hosts", as(viewer, "X-Read-Consistency", "stronk")),
                "bad_parameter",
                "X-Read-Consistency");
        assertThat(api.get("/api/v1/rules", as(viewer, "X-Read-Consistency", "Strong"))
                        .status())
                .isEqualTo(200);
    }
}
