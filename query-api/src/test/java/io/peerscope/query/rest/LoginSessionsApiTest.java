package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where one is logged in, and the end of it. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class LoginSessionsApiTest extends RunningApi {
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private final String name = "s" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void aUser() {
        make(name, "viewer");
    }

    @Test
    void eachSessionTellsFromWhereItIs() {
        Instant before = Instant.now();
        String home = login(name, "203.0.113.20", FIREFOX);
        String work = login(name, "203.0.113.21", "curl/8.5.0" + "x".repeat(500));

        JsonNode sessions = list(work);
        assertThat(sessions.path("total").asInt()).isEqualTo(2);
        JsonNode mine = current(sessions);
        assertThat(mine.path("address").asText()).isEqualTo("203.0.113.21");
        assertThat(mine.path("browser").asText()).startsWith("curl/8.5.0").hasSize(300);
        assertThat(sessions.path("sessions").findValuesAsText("address"))
                .containsExactly("203.0.113.21", "203.0.113.20");
        assertThat(sessions.path("sessions").findValuesAsText("browser")).contains(FIREFOX);
        assertThat(Instant.parse(mine.path("started_at").asText()))
                .isBetween(before.minus(Duration.ofSeconds(1)), Instant.now());
        assertThat(Instant.parse(mine.path("expires_at").asText())).isAfter(Instant.now());
        assertThat(sessions.toString()).doesNotContain(home.substring(4), work.substring(4), "hash");

        Instant used = Instant.parse(current(list(home)).path("last_used_at").asText());
        list(home);
        assertThat(Instant.parse(current(list(home)).path("last_used_at").asText()))
                .isAfter(used);
        assertThat(list(home).path("sessions").findValuesAsText("address"))
                .as("the one that was used last comes first")
                .containsExactly("203.0.113.20", "203.0.113.21");
    }

    @Test
    void oneEndsOneAndThenAllOthers() {
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            cookies.add(login(name, "203.0.113.3" + i, FIREFOX));
        }
        String own = cookies.getFirst();
        String victim = idOf(cookies.get(1));

        assertThat(change("DELETE", "/api/v1/sessions/" + victim, own).status()).isEqualTo(204);
        assertThat(api.get("/api/v1/session", "Cookie", cookies.get(1)).status())
                .isEqualTo(401);
        assertThat(change("DELETE", "/api/v1/sessions/" + victim, own).status())
                .as("twice")
                .isEqualTo(404);

        Api.Answer others = change("DELETE", "/api/v1/sessions", own);
        assertThat(others.json().path("ended").asInt()).isEqualTo(2);
        assertThat(api.get("/api/v1/session", "Cookie", cookies.get(2)).status())
                .isEqualTo(401);
        assertThat(list(own).path("total").asInt()).isEqualTo(1);
        assertThat(change("DELETE", "/api/v1/sessions", own)
                        .json()
                        .path("ended")
                        .asInt())
                .isZero();

        JsonNode audit = api.get("/api/v1/audit?object=" + name + "&action=session.end", as(admin))
                .json()
                .path("audit");
        assertThat(audit)
                .hasSize(3)
                .allMatch(entry -> entry.path("who").asText().equals(name));
        assertThat(audit.findValues("before").toString()).contains("203.0.113.31", "203.0.113.33", victim);
        assertThat(api.get("/api/v1/audit?object=" + name + "&action=session.start", as(admin))
                        .json()
                        .path("audit")
                        .findValues("after")
                        .toString())
                .contains("203.0.113.30", "password");
    }

    @Test
    void theSessionsOfOthersAreNobodysBusiness() {
        String other = "o" + name;
        make(other, "admin");
        String mine = login(name, "203.0.113.40", FIREFOX);
        String theirs = login(other, "203.0.113.41", FIREFOX);

        assertThat(change("DELETE", "/api/v1/sessions/" + idOf(mine), theirs).status())
                .as("not even an admin's")
                .isEqualTo(404);
        assertThat(change("DELETE", "/api/v1/sessions/" + idOf(theirs), mine).status())
                .isEqualTo(404);
        assertThat(change("DELETE", "/api/v1/sessions", mine).status()).isEqualTo(200);
        assertThat(api.get("/api/v1/session", "Cookie", theirs).status()).isEqualTo(200);
        assertThat(list(theirs).toString()).doesNotContain("203.0.113.40");
    }

    /** A token may have the name of a user, as those of the roles do. */
    @Test
    void aTokenHasNoSessionsEvenIfSomebodyIsCalledAsItIs() {
        assertThat(api.get("/api/v1/sessions", as(viewer)).status()).isEqualTo(409);
        assertThat(api.send("DELETE", "/api/v1/sessions", null, as(admin)).status())
                .isEqualTo(409);
    }

    @Test
    void aForeignPageCannotEndThem() {
        String mine = login(name, "203.0.113.50", FIREFOX);
        assertThat(api.send("DELETE", "/api/v1/sessions", null, "Cookie", mine).status())
                .isEqualTo(403);
        assertThat(api.send(
                                "DELETE",
                                "/api/v1/sessions",
                                null,
                                "Cookie",
                                mine,
                                "X-Requested-With",
                                "x",
                                "Origin",
                                "https://evil.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void loggingOutTakesItOffTheList() {
        String mine = login(name, "203.0.113.60", FIREFOX);
        String gone = login(name, "203.0.113.61", FIREFOX);
        assertThat(change("DELETE", "/api/v1/session", gone).status()).isEqualTo(204);
        assertThat(list(mine).path("total").asInt()).isEqualTo(1);
    }

    private void make(String username, String role) {
        Api.Answer made = api.send(
                "POST",
                "/api/v1/users",
                "{\"username\":\"%s\",\"password\":\"correct horse\",\"role\":\"%s\"}".formatted(username, role),
                as(admin));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private String login(String username, String address, String browser) {
        Api.Answer login = api.send(
                "POST",
                "/api/v1/session",
                "{\"username\":\"%s\",\"password\":\"correct horse\"}".formatted(username),
                "X-Forwarded-For",
                address,
                "User-Agent",
                browser);
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        String cookie = login.raw().headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private JsonNode list(String cookie) {
        Api.Answer answer = api.get("/api/v1/sessions", "Cookie", cookie);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode current(JsonNode sessions) {
        for (JsonNode session : sessions.path("sessions")) {
            if (session.path("current").asBoolean()) {
                return session;
            }
        }
        throw new AssertionError("none is the current one: " + sessions);
    }

    private String idOf(String cookie) {
        return current(list(cookie)).path("id").asText();
    }

    private Api.Answer change(String method, String path, String cookie) {
        return api.send(method, path, null, "Cookie", cookie, "X-Requested-With", "test");
    }
}
