package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** People, their passwords and their sessions. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class PeopleApiTest extends RunningApi {
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
        String first = sid(login(name, "correct horse"));
        String next = sid(api.send(
                "POST",
                "/api/v1/session",
                "{\"username\":\"%s\",\"password\":\"correct horse\"}".formatted(name),
                "Cookie",
                first));
        assertThat(api.get("/api/v1/session", "Cookie", first).status())
                .as("the browser has another one now")
                .isEqualTo(401);
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
    void behindAProxyWithTlsTheCookieIsBoundToIt() {
        String name = "u" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(api.send("POST", "/api/v1/users", user(name, "correct horse"), as(admin))
                        .status())
                .isEqualTo(201);
        String cookie = api.send(
                        "POST",
                        "/api/v1/session",
                        "{\"username\":\"%s\",\"password\":\"correct horse\"}".formatted(name),
                        "X-Forwarded-Proto",
                        "https")
                .raw()
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        assertThat(cookie).startsWith("__Host-sid=").contains("Secure", "HttpOnly", "Path=/");
        String sid = cookie.substring(0, cookie.indexOf(';'));
        assertThat(api.get("/api/v1/session", "Cookie", sid, "X-Forwarded-Proto", "https")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAdminIsToldWhetherTheAuditLogIsWhole() {
        Api.Answer answer = api.get("/api/v1/audit/chain", as(admin));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("whole").asBoolean()).as(answer.text()).isTrue();
        assertThat(answer.json().path("fault_count").asLong()).isZero();
        assertThat(answer.json().path("head").asText()).matches("null|[0-9]+:[0-9a-f]{64}");
        assertThat(answer.json().path("restores")).isEmpty();
        assertThat(api.get("/api/v1/audit/chain", as(viewer)).status()).isEqualTo(403);
        assertThat(api.get("/api/v1/audit/chain").status()).isEqualTo(401);
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

    @Test
    void aPasswordThatIsTooShortIsAFieldWithAWrongValue() {
        Api.Answer tooShort = api.send("POST", "/api/v1/users", user("shorty", "abc"), as(admin));
        assertWrong(tooShort, "bad_parameter", "password");
        assertThat(tooShort.json().path("title").asText()).isEqualTo("A parameter or field has a wrong value");
        assertThat(tooShort.json().path("detail").asText()).contains("8 to 128 characters");
    }

    /** The test itself speaks from an address that is trusted to forward. */
    @Test
    void wrongTriesAreCountedByTheAddressThatATrustedProxyNames() {
        for (int i = 0; i < 5; i++) {
            assertThat(guess("198.51.100." + i + ", 203.0.113.7").status()).isEqualTo(401);
        }
        Api.Answer slowed = guess("198.51.100.99, 203.0.113.7");
        assertThat(slowed.status())
                .as("what the client wrote before the proxy does not count")
                .isEqualTo(429);
        assertThat(slowed.raw().headers().firstValue("Retry-After")).isPresent();
        assertThat(guess("203.0.113.8").status())
                .as("another client of the proxy")
                .isEqualTo(401);
    }

    private Api.Answer guess(String forwardedFor) {
        return api.send(
                "POST",
                "/api/v1/session",
                "{\"username\":\"%s\",\"password\":\"wrong guess\"}".formatted(UUID.randomUUID()),
                "X-Forwarded-For",
                forwardedFor);
    }
}
