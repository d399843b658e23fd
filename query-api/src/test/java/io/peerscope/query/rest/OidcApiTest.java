package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.query.oidc.FakeProvider;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logging in by a provider, from the login page to our own session. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@QuarkusTestResource(value = OidcApiTest.WithProvider.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
class OidcApiTest extends RunningApi {
    private static final String PATH = "/api/v1/session/oidc";
    private static final String ALERTS = "/p2p/monitoring/alerts";

    @Inject
    DataSource database;

    private final String name = "oidc-" + UUID.randomUUID().toString().substring(0, 8);

    /** Runs while the service does. */
    public static final class WithProvider implements QuarkusTestResourceLifecycleManager {
        static final FakeProvider PROVIDER = new FakeProvider(InstantSource.system());

        @Override
        public Map<String, String> start() {
            String prefix = "peerscope.query.oidc.";
            Map<String, String> config = new HashMap<>();
            config.put(prefix + "issuer", PROVIDER.issuer());
            config.put(prefix + "client-id", FakeProvider.CLIENT);
            config.put(prefix + "client-secret", FakeProvider.SECRET);
            config.put(prefix + "redirect-url", "http://localhost/api/v1/session/oidc/callback");
            config.put(prefix + "operators", "ops");
            config.put(prefix + "admins", "leads");
            config.put(prefix + "label", "the fake");
            return config;
        }

        @Override
        public void stop() {
            PROVIDER.close();
        }
    }

    /** What a browser keeps between the two halves. */
    private record Way(URI location, String cookie) {}

    @BeforeEach
    void somebodyNew() {
        WithProvider.PROVIDER.away(false);
        WithProvider.PROVIDER.claim("sub", name);
        WithProvider.PROVIDER.claim("preferred_username", name);
        WithProvider.PROVIDER.claim("groups", List.of("ops"));
    }

    @Test
    void whoComesForTheFirstTimeBecomesAUserWithASessionOfOurs() {
        assertThat(api.get(PATH).json().path("label").asText()).isEqualTo("the fake");
        Way way = begin(ALERTS);
        Api.Answer back = back(way);
        assertThat(back.status()).as(back.text()).isEqualTo(303);
        assertThat(header(back, "Location")).isEqualTo(ALERTS);
        assertThat(back.raw().headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("login=").contains("Max-Age=0"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("sid=")
                        .contains("HttpOnly")
                        .contains("SameSite=Strict"));
        String session = session(back);
        JsonNode who = api.get("/api/v1/session", "Cookie", session).json();
        assertThat(who.path("username").asText()).isEqualTo(name);
        assertThat(who.path("role").asText()).isEqualTo("operator");
        assertThat(listed().path("login").asText()).isEqualTo("oidc");
        assertThat(api.get("/api/v1/session/second-factor", "Cookie", session)
                        .json()
                        .path("possible")
                        .asBoolean())
                .isFalse();
        assertThat(audit("user.create")).hasSize(1);
        assertThat(audit("session.start").get(0).path("after").path("by").asText())
                .isEqualTo("oidc");

        assertThat(api.send("DELETE", "/api/v1/session", null, "Cookie", session, "X-Requested-With", "test")
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/api/v1/session", "Cookie", session).status()).isEqualTo(401);
        assertThat(session(back(begin(null)))).as("again, the same user").startsWith("sid=");
        assertThat(audit("user.create")).hasSize(1);
    }

    @Test
    void anAnswerIsTakenOnceAndFromTheBrowserThatAskedOnly() {
        Way way = begin(null);
        Map<String, String> answer = WithProvider.PROVIDER.visit(way.location());
        assertThat(header(back(answer, way.cookie()), "Location")).isEqualTo("/p2p/monitoring");
        assertRefused("expired", back(answer, way.cookie()));

        Way attackers = begin(null);
        Way victims = begin(null);
        Map<String, String> planted = WithProvider.PROVIDER.visit(attackers.location());
        assertRefused("other_browser", back(planted, victims.cookie()));
        assertRefused("expired", back(planted, attackers.cookie()));
    }

    @Test
    void whatTheProviderSaysNowHolds() {
        String before = session(back(begin(null)));
        WithProvider.PROVIDER.claim("groups", List.of("leads"));
        String after = session(back(begin(null)));
        assertThat(api.get("/api/v1/session", "Cookie", after)
                        .json()
                        .path("role")
                        .asText())
                .isEqualTo("admin");
        assertThat(api.get("/api/v1/session", "Cookie", before).status())
                .as("the session from before had another role")
                .isEqualTo(401);
        assertThat(audit("user.change")).hasSize(1);

        WithProvider.PROVIDER.claim("groups", List.of());
        assertRefused("no_role", back(begin(null)));
        assertThat(api.get("/api/v1/session", "Cookie", after).status())
                .as("nor has the session that he had, any more")
                .isEqualTo(401);
        assertThat(audit("session.refused").get(0).path("after").path("wrong").asText())
                .isEqualTo("no_role");
        assertThat(audit("session.end")).hasSize(1);
    }

    @Test
    void anAccountIsNotTakenOver() {
        String password = "{\"username\":\"%s\",\"password\":\"correct horse\",\"role\":\"viewer\"}".formatted(name);
        assertThat(api.send("POST", "/api/v1/users", password, as(admin)).status())
                .isEqualTo(201);
        assertRefused("name_taken", back(begin(null)));
        assertThat(listed().path("login").asText()).isEqualTo("password");
    }

    @Test
    void anAdminDisablesWhomTheProviderStillKnows() {
        String session = session(back(begin(null)));
        String path = "/api/v1/users/" + name;
        assertThat(api.send("PATCH", path, "{\"role\":\"admin\"}", as(admin)).status())
                .isEqualTo(409);
        assertThat(api.send("PATCH", path, "{\"password\":\"correct horse\"}", as(admin))
                        .status())
                .isEqualTo(409);
        assertThat(api.send("PATCH", path, "{\"disabled\":true}", as(admin)).status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/session", "Cookie", session).status()).isEqualTo(401);
        assertRefused("disabled", back(begin(null)));
        assertThat(audit("session.refused").get(0).path("after").path("wrong").asText())
                .isEqualTo("disabled");
        assertThat(login("").status()).as("nor is an empty password his").isEqualTo(401);
    }

    /** Another role is written at the login; it must not take back what an admin does in that moment. */
    @Test
    void whoIsDisabledWhileHeArrivesStaysDisabled() throws Exception {
        session(back(begin(null)));
        WithProvider.PROVIDER.claim("groups", List.of("leads"));
        try (Connection lock = database.getConnection();
                Statement disable = lock.createStatement();
                ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            lock.setAutoCommit(false);
            disable.executeUpdate("update users set disabled = true where username = '" + name + "'");
            Future<Api.Answer> arriving = other.submit(() -> back(begin(null)));
            await().until(() -> {
                try (Connection connection = database.getConnection();
                        Statement select = connection.createStatement();
                        ResultSet row = select.executeQuery("select from pg_stat_activity"
                                + " where wait_event_type = 'Lock' and query like '%users%'")) {
                    return row.next();
                }
            });
            lock.commit();
            lock.setAutoCommit(true);
            assertRefused("disabled", arriving.get());
        }
        assertThat(listed().path("disabled").asBoolean()).isTrue();
    }

    @Test
    void aProviderThatIsAwayKeepsNobodyElseOut() {
        Way way = begin(null);
        Map<String, String> answer = WithProvider.PROVIDER.visit(way.location());
        WithProvider.PROVIDER.away(true);
        assertRefused("provider_away", back(answer, way.cookie()));
        String body = "{\"username\":\"p%s\",\"password\":\"correct horse\",\"role\":\"viewer\"}".formatted(name);
        assertThat(api.send("POST", "/api/v1/users", body, as(admin)).status()).isEqualTo(201);
        assertThat(api.send(
                                "POST",
                                "/api/v1/session",
                                "{\"username\":\"p%s\",\"password\":\"correct horse\"}".formatted(name))
                        .status())
                .isEqualTo(200);
    }

    /** Those of others who are at the provider just now would be the oldest, and go. */
    @Test
    void oneAddressBeginsSoManyOnly() {
        int begun = 0;
        Api.Answer answer;
        do {
            answer = api.send("POST", PATH, "{}", "X-Forwarded-For", "2001:db8::" + ++begun);
        } while (answer.status() == 200);
        assertThat(begun).isEqualTo(61);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(1, 60);
        begin(null);
    }

    @Test
    void aForeignPageBeginsNothingAndSendsNobodyElsewhere() {
        Api.Answer foreign = api.send("POST", PATH, "{}", "Origin", "https://evil.example");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(header(back(begin("https://evil.example/")), "Location")).isEqualTo("/p2p/monitoring");
        Api.Answer made = api.get(PATH + "/callback?error=x%0d%0aSet-Cookie:%20a=b&state=none");
        assertRefused("expired", made);
        assertThat(made.raw().headers().map().toString()).doesNotContain("a=b");
    }

    private Way begin(@Nullable String next) {
        Api.Answer begun = api.send("POST", PATH, next == null ? "{}" : "{\"next\":\"%s\"}".formatted(next));
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        String cookie = header(begun, "Set-Cookie");
        assertThat(cookie).startsWith("login=").contains("HttpOnly").contains("SameSite=Lax");
        return new Way(URI.create(begun.json().path("location").asText()), cookie.substring(0, cookie.indexOf(';')));
    }

    private Api.Answer back(Way way) {
        return back(WithProvider.PROVIDER.visit(way.location()), way.cookie());
    }

    private Api.Answer back(Map<String, String> answer, String cookie) {
        String query = answer.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return api.get(PATH + "/callback?session_state=x&" + query, "Cookie", cookie, "Sec-Fetch-Site", "cross-site");
    }

    private static void assertRefused(String reason, Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        assertThat(header(answer, "Location")).isEqualTo("/login#oidc=" + reason);
        assertThat(answer.raw().headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("sid="));
    }

    private static String header(Api.Answer answer, String header) {
        return answer.raw().headers().firstValue(header).orElse("");
    }

    private static String session(Api.Answer answer) {
        return answer.raw().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("sid="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(header(answer, "Location")));
    }

    private Api.Answer login(String password) {
        return api.send(
                "POST",
                "/api/v1/session",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password),
                "X-Forwarded-For",
                "203.0.113.99");
    }

    private JsonNode audit(String action) {
        return api.get("/api/v1/audit?object=%s&action=%s".formatted(name, action), as(admin))
                .json()
                .path("audit");
    }

    private JsonNode listed() {
        for (JsonNode user :
                api.get("/api/v1/users?page_size=500", as(admin)).json().path("users")) {
            if (user.path("username").asText().equals(name)) {
                return user;
            }
        }
        throw new AssertionError(name + " is not listed");
    }
}
