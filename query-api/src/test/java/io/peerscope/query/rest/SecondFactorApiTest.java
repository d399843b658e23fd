package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.InvalidKeyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second factor from its first code to the lost device. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
class SecondFactorApiTest extends RunningApi {
    private static final String FACTOR = "/api/v1/session/second-factor";
    private static final String PASSWORD = "correct horse";
    private static int addresses;

    @Inject
    DataSource database;

    private final String name = "f" + UUID.randomUUID().toString().substring(0, 8);
    /** Wrong tries count by address, and each test has its own. */
    private final String address = "198.51.100." + ++addresses;

    private String session = "";

    /** A user, and what an app of his knows. */
    private record Enrolled(String secret, List<String> recovery) {}

    @BeforeEach
    void aUser() {
        Api.Answer made = api.send(
                "POST",
                "/api/v1/users",
                "{\"username\":\"%s\",\"password\":\"%s\",\"role\":\"viewer\"}".formatted(name, PASSWORD),
                as(admin));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        session = cookie(login(null));
    }

    @Test
    void onceItIsOnThePasswordIsNotEnough() throws Exception {
        Enrolled enrolled = enrol();

        Api.Answer without = login(null);
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.code()).isEqualTo("second_factor_required");
        assertThat(without.raw().headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(login("wrong password", "000000").code())
                .as("whoever has no password does not learn that there is a factor")
                .isEqualTo("unauthenticated");

        String next = code(enrolled, 1);
        Api.Answer with = login(next.substring(0, 3) + " " + next.substring(3));
        assertThat(with.status()).as(with.text()).isEqualTo(200);
        assertThat(login(next).code()).as("the same again").isEqualTo("unauthenticated");
        assertThat(login(code(enrolled, 0)).status()).as("one from before").isEqualTo(401);
        await().untilAsserted(() -> assertThat(audit("session.refused"))
                .extracting(entry -> entry.path("after").path("wrong").asText())
                .contains("code", "password"));
    }

    @Test
    void theCodeThatConfirmedItDoesNotLogIn() throws Exception {
        String secret = offer();
        String code = code(secret, 0);
        assertThat(confirm(code).status()).isEqualTo(200);
        assertThat(login(code).status()).isEqualTo(401);
    }

    @Test
    void recoveryCodesWorkOnceEach() throws Exception {
        Enrolled enrolled = enrol();
        String first = enrolled.recovery().getFirst();
        assertThat(enrolled.recovery()).hasSize(10);
        assertThat(login(first.toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
        assertThat(login(first).status()).as("twice").isEqualTo(401);
        assertThat(login(enrolled.recovery().getLast()).status()).isEqualTo(200);
        assertThat(state().path("recovery_codes_left").asInt()).isEqualTo(8);
        assertThat(login("aaaaaa-bbbbbb-cccccc-dddddd").status()).isEqualTo(401);
    }

    @Test
    void ofManyWhoSendTheSameCodeAtOnceOneGetsIn() throws Exception {
        Enrolled enrolled = enrol();
        String code = code(enrolled, 1);
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> login(code).status()));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 401, 401, 401);
    }

    @Test
    void guessingCodesIsSlowedEvenAllAtOnce() throws Exception {
        Enrolled enrolled = enrol();
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            for (int i = 0; i < 12; i++) {
                String guess = "00000" + i % 10;
                answers.add(threads.submit(() -> login(guess).status()));
            }
        }
        int evaluated = 0;
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(401, 429);
            evaluated += answer.get() == 401 ? 1 : 0;
        }
        assertThat(evaluated).as("tries before the first must wait").isLessThanOrEqualTo(6);
        assertThat(login(code(enrolled, 1)).raw().headers().firstValue("Retry-After"))
                .isPresent();
        // nobody is locked out for good
        await().untilAsserted(() ->
                assertThat(login(enrolled.recovery().getFirst()).status()).isEqualTo(200));
    }

    @Test
    void whoOnlyFoundAnOpenPageChangesNothing() throws Exception {
        assertWrong(send("POST", FACTOR, "{\"password\":\"a guess\"}"), "bad_parameter", "password");
        assertWrong(send("POST", FACTOR, "{}"), "missing_field", "password");
        assertThat(confirm("123456").status()).as("nothing was offered").isEqualTo(409);

        Enrolled enrolled = enrol();
        assertThat(send("POST", FACTOR, "{\"password\":\"%s\"}".formatted(PASSWORD))
                        .status())
                .as("another secret while one counts")
                .isEqualTo(409);
        assertWrong(disable("a guess", code(enrolled, 1)), "bad_parameter", "password");
        assertWrong(disable(PASSWORD, "000000"), "bad_parameter", "code");
        assertThat(state().path("enabled").asBoolean()).isTrue();

        assertThat(disable(PASSWORD, code(enrolled, 1)).status()).isEqualTo(204);
        assertThat(state().path("enabled").asBoolean()).isFalse();
        assertThat(login(null).status()).isEqualTo(200);
        assertThat(disable(PASSWORD, "000000").status()).isEqualTo(409);
        assertThat(audit("second_factor.enable")).hasSize(1);
        assertThat(audit("second_factor.disable")).hasSize(1);
    }

    @Test
    void aWrongFirstCodeSwitchesNothingOn() throws Exception {
        String secret = offer();
        assertWrong(confirm("000000"), "bad_parameter", "code");
        assertThat(state().path("enabled").asBoolean()).isFalse();
        assertThat(login(null).status()).as("an offer alone counts for nothing").isEqualTo(200);
        String other = offer();
        assertThat(other).isNotEqualTo(secret);
        assertWrong(confirm(code(secret, 0)), "bad_parameter", "code");
        assertThat(confirm(code(other, 0)).status()).isEqualTo(200);
    }

    @Test
    void anAdminHelpsWhoLostTheDevice() throws Exception {
        enrol();
        String path = "/api/v1/users/" + name + "/second-factor";
        assertThat(api.send("DELETE", path, null, as(operator)).status()).isEqualTo(403);
        assertThat(listed().path("second_factor").asBoolean()).isTrue();

        assertThat(api.send("DELETE", path, null, as(admin)).status()).isEqualTo(204);
        assertThat(listed().path("second_factor").asBoolean()).isFalse();
        assertThat(api.get("/api/v1/session", "Cookie", session).status())
                .as("his sessions ended")
                .isEqualTo(401);
        assertThat(login(null).status()).isEqualTo(200);
        assertThat(api.send("DELETE", path, null, as(admin)).status()).isEqualTo(404);
        assertThat(audit("second_factor.reset"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("who").asText()).isEqualTo("admin"));
    }

    @Test
    void newRecoveryCodesReplaceTheOldOnes() throws Exception {
        Enrolled enrolled = enrol();
        String renew = "{\"password\":\"%s\",\"code\":\"%s\"}";
        assertWrong(
                send("POST", FACTOR + "/recovery-codes", renew.formatted("a guess", code(enrolled, 1))),
                "bad_parameter",
                "password");
        assertWrong(
                send("POST", FACTOR + "/recovery-codes", renew.formatted(PASSWORD, "000000")), "bad_parameter", "code");
        Api.Answer renewed = send(
                "POST",
                FACTOR + "/recovery-codes",
                renew.formatted(PASSWORD, enrolled.recovery().getFirst()));
        assertThat(renewed.status()).as(renewed.text()).isEqualTo(200);
        assertThat(renewed.json().path("recovery_codes")).hasSize(10);
        assertThat(login(enrolled.recovery().get(1)).status()).as("an old one").isEqualTo(401);
        assertThat(login(renewed.json().path("recovery_codes").get(0).asText()).status())
                .isEqualTo(200);
        assertThat(state().path("recovery_codes_left").asInt()).isEqualTo(9);
        assertThat(audit("second_factor.recovery_codes")).hasSize(1);
    }

    @Test
    void whereItIsADutyNobodyGetsInWithoutSettingItUp() throws Exception {
        String setUp = "{\"username\":\"%s\",\"password\":\"%s\"}";
        assertThat(api.send("POST", FACTOR + "/setup", setUp.formatted(name, PASSWORD))
                        .status())
                .as("no duty")
                .isEqualTo(409);
        duty("1");
        assertThat(login(null).status())
                .as("a viewer where it is a duty of admins")
                .isEqualTo(200);
        duty("2");
        try {
            Api.Answer refused = login(null);
            assertThat(refused.code()).isEqualTo("second_factor_setup_required");
            assertThat(refused.raw().headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(login("wrong password", null).code()).isEqualTo("unauthenticated");
            assertThat(login("000000").status()).as("nothing was offered").isEqualTo(409);
            assertThat(api.send("POST", FACTOR + "/setup", setUp.formatted(name, "a guess"))
                            .status())
                    .isEqualTo(401);

            Api.Answer offer = api.send("POST", FACTOR + "/setup", setUp.formatted(name, PASSWORD));
            assertThat(offer.status()).as(offer.text()).isEqualTo(201);
            assertThat(login("000000").code()).isEqualTo("unauthenticated");
            String secret = offer.json().path("secret").asText();
            Api.Answer in = login(code(secret, 0));
            assertThat(in.status()).as(in.text()).isEqualTo(200);
            assertThat(in.json().path("recovery_codes")).hasSize(10);
            assertThat(in.json().path("username").asText()).isEqualTo(name);
            session = cookie(in);
            assertThat(state().path("required").asBoolean()).isTrue();
            assertThat(audit("second_factor.enable")).hasSize(1);

            assertThat(disable(PASSWORD, code(secret, 1)).status()).as("a duty").isEqualTo(409);
            assertThat(api.send("POST", FACTOR + "/setup", setUp.formatted(name, PASSWORD))
                            .status())
                    .as("who has one cannot get another by the password alone")
                    .isEqualTo(409);
            assertThat(login(null).code()).isEqualTo("second_factor_required");
        } finally {
            duty("null");
        }
    }

    /** Whoever stole a session has no second factor to show, and would go on for as long as it lasts. */
    @Test
    void aDutyEndsTheSessionsOfThoseWithout() throws Exception {
        String without = session;
        try {
            duty("1");
            assertThat(who(without)).as("no admin").isEqualTo(200);
            duty("2");
            assertThat(who(without)).isEqualTo(401);
            assertThat(audit("session.end"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.path("who").asText()).isEqualTo("admin"));
            duty("0");
            session = cookie(login(null));
            enrol();
            duty("2");
            assertThat(who(session)).as("has one").isEqualTo(200);
        } finally {
            duty("null");
        }
    }

    /** A guess a minute, day and night, finds six digits some day, in several instances sooner. */
    @Test
    void whoGuessesCodesAllDayGetsNoneRight() throws Exception {
        Enrolled enrolled = enrol();
        change("""
            insert into audit (at, who, role, action, object, after)
            select now() + i * interval '1 ms', '%1$s', 'viewer', 'session.refused', '%1$s', '{"wrong":"code"}'
            from generate_series(1, 100) i\
            """.formatted(name));
        Api.Answer right = login(code(enrolled, 1));
        assertThat(right.status()).as(right.text()).isEqualTo(403);
        assertThat(right.text()).contains("recovery code");
        assertThat(login("000000").status()).as("a wrong one is just wrong").isEqualTo(401);
        assertThat(login(enrolled.recovery().getFirst()).status()).isEqualTo(200);

        assertThat(api.send("DELETE", "/api/v1/users/" + name + "/second-factor", null, as(admin))
                        .status())
                .isEqualTo(204);
        session = cookie(login(null));
        assertThat(login(code(enrol(), 1)).status()).as("a new one begins anew").isEqualTo(200);
    }

    private int who(String cookie) {
        return api.get("/api/v1/session", "Cookie", cookie).status();
    }

    private void duty(String value) {
        Api.Answer set = api.send(
                "PUT", "/api/v1/settings", "{\"settings\":{\"login.second_factor\":%s}}".formatted(value), as(admin));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
    }

    @Test
    void whatIsKeptTellsNobodyTheSecret() throws Exception {
        Enrolled enrolled = enrol();
        String kept = one("select f::text || (select string_agg(c::text, ' ') from recovery_code c"
                + " where c.username = f.username) from second_factor f where username = '" + name + "'");
        assertThat(kept)
                .contains("sealed:1:")
                .doesNotContain(enrolled.secret())
                .doesNotContain(enrolled.recovery().getFirst());
        assertThat(api.get("/api/v1/audit?object=" + name, as(admin)).text())
                .doesNotContain(enrolled.secret())
                .doesNotContain(enrolled.recovery().getFirst());

        // a secret that was tampered with opens nothing
        change("update second_factor set secret = 'sealed:1:' || split_part(secret, ':', 3) || ':AAAA' where username"
                + " = '"
                + name + "'");
        assertThat(login(code(enrolled, 1)).status()).as("it fails closed").isEqualTo(500);
        assertThat(login(null).code()).isEqualTo("second_factor_required");
    }

    @Test
    void aTokenAndTheOneTimeLinkHaveNone() {
        assertThat(api.send("POST", FACTOR, "{\"password\":\"x\"}", as(viewer)).status())
                .isEqualTo(409);
        assertThat(api.get(FACTOR, as(viewer)).json().path("possible").asBoolean())
                .isFalse();
    }

    private String offer() {
        Api.Answer offer = send("POST", FACTOR, "{\"password\":\"%s\"}".formatted(PASSWORD));
        assertThat(offer.status()).as(offer.text()).isEqualTo(201);
        String secret = offer.json().path("secret").asText();
        assertThat(offer.json().path("uri").asText()).contains(secret, name);
        assertThat(offer.json().path("qr").path("path").asText()).startsWith("M0 0h7v1h-7z");
        return secret;
    }

    private Enrolled enrol() throws Exception {
        String secret = offer();
        Api.Answer on = confirm(code(secret, 0));
        assertThat(on.status()).as(on.text()).isEqualTo(200);
        assertThat(state().path("enabled").asBoolean()).isTrue();
        List<String> recovery = new ArrayList<>();
        on.json().path("recovery_codes").forEach(code -> recovery.add(code.asText()));
        return new Enrolled(secret, recovery);
    }

    private static String code(Enrolled enrolled, int stepsAhead) throws InvalidKeyException {
        return code(enrolled.secret(), stepsAhead);
    }

    /** What an app shows; by another way than the server's. */
    private static String code(String secret, int stepsAhead) throws InvalidKeyException {
        return new TimeBasedOneTimePasswordGenerator()
                .generateOneTimePasswordString(
                        new SecretKeySpec(new Base32().decode(secret), "RAW"),
                        Instant.now().plusSeconds(30L * stepsAhead));
    }

    private Api.Answer confirm(String code) {
        return send("PUT", FACTOR, "{\"code\":\"%s\"}".formatted(code));
    }

    private Api.Answer disable(String password, String code) {
        return send("POST", FACTOR + "/disable", "{\"password\":\"%s\",\"code\":\"%s\"}".formatted(password, code));
    }

    private JsonNode state() {
        return api.get(FACTOR, "Cookie", session).json();
    }

    private Api.Answer send(String method, String path, String body) {
        return api.send(method, path, body, "Cookie", session, "X-Requested-With", "test", "X-Forwarded-For", address);
    }

    private Api.Answer login(@Nullable String code) {
        return login(PASSWORD, code);
    }

    private Api.Answer login(String password, @Nullable String code) {
        String body = code == null
                ? "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password)
                : "{\"username\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}".formatted(name, password, code);
        return api.send("POST", "/api/v1/session", body, "X-Forwarded-For", address);
    }

    private static String cookie(Api.Answer login) {
        String cookie = login.raw().headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private JsonNode audit(String action) {
        return api.get("/api/v1/audit?object=%s&action=%s".formatted(name, action), as(admin))
                .json()
                .path("audit");
    }

    private JsonNode listed() {
        for (JsonNode user : api.get("/api/v1/users", as(admin)).json().path("users")) {
            if (user.path("username").asText().equals(name)) {
                return user;
            }
        }
        throw new AssertionError(name + " is not listed");
    }

    private String one(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement update = connection.createStatement()) {
            update.executeUpdate(sql);
        }
    }
}
