package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.security.Secret;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.store.LoginSessions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Sessions that nothing was asked with for long, and those of others as an admin sees them. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
class IdleSessionsApiTest extends RunningApi {
    private static final Duration IDLE = Duration.ofHours(8);

    @Inject
    DataSource database;

    private final String name = "i" + UUID.randomUUID().toString().substring(0, 8);

    /** The job has to be quicker than a gateway may be: five seconds from the end to the closed socket. */
    @Test
    void whoIsAwayForTooLongIsLoggedOutWithoutBeingAsked() throws Exception {
        session(IDLE.plusMinutes(2), IDLE.plusMinutes(2));
        session(IDLE.plusHours(1), Duration.ofHours(7));
        await().atMost(Duration.ofSeconds(5)).until(() -> list().path("total").asInt() == 1);
        assertThat(idleEnds()).hasSize(1);
        assertThat(idleEnds().get(0).path("before").has("last_used_at")).isTrue();
    }

    @Test
    void aRequestKeepsItAndALateOneFindsItEnded() throws Exception {
        String late = session(IDLE.plusHours(2), IDLE.plusMinutes(2));
        await().untilAsserted(() -> assertThat(idleEnds()).hasSize(1));
        assertThat(own(late)).isEqualTo(401);
        String old = session(IDLE.plusHours(2), IDLE.minusMinutes(1));
        assertThat(own(old)).as("used just in time").isEqualTo(200);
        write(old, IDLE.plusHours(1));
        assertThat(own(old)).as("what this process saw counts, too").isEqualTo(200);
        assertThat(list().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void anAdminSeesAndEndsTheSessionsOfOthers() throws Exception {
        String one = session(Duration.ofHours(1), Duration.ofMinutes(5));
        String two = session(Duration.ofHours(1), Duration.ofMinutes(3));
        String three = session(Duration.ofHours(1), Duration.ofMinutes(4));
        JsonNode sessions = list();
        assertThat(sessions.path("sessions").findValuesAsText("id")).containsExactly(id(two), id(three), id(one));
        assertThat(sessions.path("sessions").get(0).path("current").asBoolean()).isFalse();
        assertThat(sessions.toString()).doesNotContain("hash", two);

        String path = "/api/v1/users/" + name + "/sessions";
        assertThat(api.send("DELETE", path + "/" + id(two), null, as(admin)).status())
                .isEqualTo(204);
        assertThat(own(two)).isEqualTo(401);
        assertThat(api.send("DELETE", path + "/" + id(two), null, as(admin)).status())
                .isEqualTo(404);
        assertThat(api.send("DELETE", path, null, as(admin))
                        .json()
                        .path("ended")
                        .asInt())
                .isEqualTo(2);
        assertThat(own(one)).isEqualTo(401);
        JsonNode audit = api.get("/api/v1/audit?object=" + name + "&action=session.end", as(admin))
                .json()
                .path("audit");
        assertThat(audit)
                .hasSize(3)
                .allMatch(entry -> entry.path("who").asText().equals("admin"));
        assertThat(api.get(path, as(admin)).status()).as("no user, no session").isEqualTo(404);
    }

    @Test
    void anAdminDoesNotEndTheSessionHeAsksWith() throws Exception {
        String mine = session(Duration.ofHours(1), Duration.ofMinutes(5));
        session(Duration.ofHours(1), Duration.ofMinutes(5));
        Api.Answer answer = api.send(
                "DELETE",
                "/api/v1/users/" + name + "/sessions",
                null,
                "Cookie",
                "sid=" + mine,
                "X-Requested-With",
                "t");
        assertThat(answer.json().path("ended").asInt()).as(answer.text()).isEqualTo(1);
        assertThat(own(mine)).isEqualTo(200);
    }

    private JsonNode idleEnds() {
        return api.get("/api/v1/audit?object=" + name + "&action=session.idle", as(admin))
                .json()
                .path("audit");
    }

    private JsonNode list() {
        return api.get("/api/v1/users/" + name + "/sessions", as(admin)).json();
    }

    private int own(String secret) {
        return api.get("/api/v1/session", "Cookie", "sid=" + secret).status();
    }

    /** A session from before, as another instance would have left it. */
    private String session(Duration startedBefore, Duration usedBefore) throws Exception {
        Secret secret = Secret.random(new SecureRandom());
        Instant started = Instant.now().minus(startedBefore);
        Credential credential =
                new Credential(secret.id(), Credential.Use.SESSION, Role.ADMIN, name, secret.hash(), started, null);
        try (Connection connection = database.getConnection()) {
            Instant used = Instant.now().minus(usedBefore);
            LoginSessions.add(
                    connection,
                    new LoginSessions.LoginSession(secret.id(), name, "203.0.113.9", "x", started, used, null));
        }
        writer.write(Topic.SECURITY_CREDENTIALS, secret.id(), Json.encode(credential));
        await().until(() -> usedBefore.compareTo(IDLE) > 0
                || list().path("sessions").findValuesAsText("id").contains(secret.id()));
        return secret.text();
    }

    private void write(String secret, Duration usedBefore) throws SQLException {
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement("update login_session set last_used_at = ? where id = ?")) {
            update.setTimestamp(1, java.sql.Timestamp.from(Instant.now().minus(usedBefore)));
            update.setString(2, id(secret));
            update.executeUpdate();
        }
    }

    private static String id(String secret) {
        return Secret.parse(secret).orElseThrow().id();
    }
}
