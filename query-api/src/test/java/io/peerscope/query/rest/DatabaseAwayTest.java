package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Without its database the service still shows what is the case now, and says of the rest what is missing. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@TestProfile(DatabaseAwayTest.Away.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
class DatabaseAwayTest {
    /** Nothing listens there. */
    public static final class Away implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/peerscope",
                    "quarkus.datasource.jdbc.acquisition-timeout", "1S");
        }
    }

    @TestHTTPResource
    URI base;

    @ConfigProperty(name = "test.token.admin")
    String admin;

    @Test
    void openAlertsAreShownAndHistoryIsAwayForNow() {
        Api api = new Api(base);
        String[] asAdmin = Api.bearer(admin);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/api/v1/alerts/active", asAdmin).status() == 200);
        assertThat(api.get("/api/v1/hosts", asAdmin).status()).isEqualTo(200);
        assertThat(api.get("/api/v1/rules", asAdmin).status()).isEqualTo(200);

        Api.Answer past = api.get("/api/v1/metrics/historical?metrics=cpu_usage", asAdmin);
        assertThat(past.status()).isEqualTo(503);
        assertThat(past.code()).isEqualTo("database_unavailable");
        assertThat(past.raw().headers().firstValue("Retry-After")).isPresent();
        assertThat(past.text()).doesNotContain("jdbc").doesNotContain("127.0.0.1");

        Api.Answer change =
                api.send("POST", "/api/v1/rules", "{\"id\":\"r\",\"metric\":\"cpu_usage\",\"critical\":1}", asAdmin);
        assertThat(change.status()).as("what cannot be audited is not done").isEqualTo(503);
        assertThat(api.get("/api/v1/rules/r", asAdmin).status()).isEqualTo(404);

        Api.Answer login = api.send("POST", "/api/v1/session", "{\"username\":\"a\",\"password\":\"b\"}");
        assertThat(login.status()).isEqualTo(503);
    }
}
