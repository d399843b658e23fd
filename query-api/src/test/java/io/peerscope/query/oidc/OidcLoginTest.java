package io.peerscope.query.oidc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.oidc.OidcLogin.Arrived;
import io.peerscope.query.oidc.OidcLogin.Attempt;
import io.peerscope.query.oidc.OidcLogin.Begun;
import io.peerscope.query.oidc.OidcLogin.Callback;
import io.peerscope.query.oidc.OidcRefusedException.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to a provider and back, and everybody who would like to be let in by it. */
class OidcLoginTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String HOME = "/p2p/monitoring";

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final FakeProvider provider = new FakeProvider(now::get);
    private final OidcLogin login = login(config(List.of("groups"), Optional.empty()));

    @AfterEach
    void close() {
        login.close();
        provider.close();
    }

    @Test
    void whoTheProviderKnowsArrivesWhereHeWantedToGo() throws Exception {
        Begun begun = login.begin(HOME + "/alerts?severity=high");
        assertThat(begun.location().toString())
                .startsWith(provider.issuer() + "/authorize?tenant=1&response_type=code&client_id=peerscope&")
                .contains("scope=openid+profile", "code_challenge_method=S256", "nonce=")
                .doesNotContain(begun.browser());
        Arrived arrived = login.finish(callback(provider.visit(begun.location())), begun.browser());
        assertThat(arrived.identity()).isEqualTo(new Identity(provider.issuer(), "u-1", "ann", Role.OPERATOR));
        assertThat(arrived.returnTo()).isEqualTo(HOME + "/alerts?severity=high");
    }

    @Test
    void anAnswerCountsOnce() throws Exception {
        Begun begun = login.begin(null);
        Callback callback = callback(provider.visit(begun.location()));
        login.finish(callback, begun.browser());
        assertRefused(Reason.EXPIRED, callback, begun.browser());
    }

    @Test
    void anAnswerCountsForTenMinutes() throws Exception {
        Begun begun = login.begin(null);
        Callback callback = callback(provider.visit(begun.location()));
        now.set(NOW.plus(OidcLogin.PATIENCE));
        assertRefused(Reason.EXPIRED, callback, begun.browser());
    }

    @Test
    void anAnswerCountsInTheBrowserThatAsked() throws Exception {
        Begun victim = login.begin(null);
        Begun attacker = login.begin(null);
        Callback attackers = callback(provider.visit(attacker.location()));
        assertRefused(Reason.OTHER_BROWSER, attackers, victim.browser());
        assertRefused(Reason.EXPIRED, attackers, attacker.browser());

        Begun third = login.begin(null);
        assertRefused(Reason.OTHER_BROWSER, callback(provider.visit(third.location())), null);
        assertRefused(Reason.EXPIRED, new Callback("made up", "code", null, null), victim.browser());
        assertRefused(Reason.EXPIRED, new Callback(null, "code", null, null), victim.browser());
    }

    /** A code of another login brings a token with that one's nonce; PKCE sees to it before. */
    @Test
    void aCodeCountsForTheLoginItWasMadeFor() throws Exception {
        Begun one = login.begin(null);
        Begun two = login.begin(null);
        Map<String, String> mixed = new HashMap<>(provider.visit(one.location()));
        mixed.put("code", requireNonNull(provider.visit(two.location()).get("code")));
        assertRefused(Reason.PROVIDER_REFUSED, callback(mixed), one.browser());
    }

    @ParameterizedTest
    @CsvSource({
        "nonce, another",
        "nonce, ",
        "aud, somebody-else",
        "iss, https://evil.example",
        "azp, somebody-else",
        "sub, ' '",
        "sub, ",
    })
    void aTokenSaysWhatItMust(String claim, @Nullable String value) throws Exception {
        provider.claim(claim, value);
        assertUntrusted("");
    }

    @Test
    void aTokenForSeveralNamesUsAsTheOneWhoAsked() throws Exception {
        provider.claim("aud", List.of(FakeProvider.CLIENT, "other"));
        assertUntrusted("was made for null");
        provider.claim("azp", FakeProvider.CLIENT);
        assertThat(arrive(login).username()).isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource({"-1000, -61, Expired", "-700, 300, was made at", "90, 300, was made at"})
    void aTokenIsOfNow(long issued, long expires, String why) throws Exception {
        UnaryOperator<JWTClaimsSet.Builder> times = builder -> builder.issueTime(Date.from(NOW.plusSeconds(issued)))
                .expirationTime(Date.from(NOW.plusSeconds(expires)));
        provider.claims = times;
        assertUntrusted(why);
    }

    @Test
    void clocksMayDifferByAMinute() throws Exception {
        provider.claims = builder ->
                builder.issueTime(Date.from(NOW.plusSeconds(59))).expirationTime(Date.from(NOW.minusSeconds(30)));
        assertThat(arrive(login).username()).isEqualTo("ann");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SIGNED")
    void aTokenIsSignedByTheProvider(FakeProvider.Form form) throws Exception {
        provider.form = form;
        assertUntrusted("");
    }

    @Test
    void aProviderMayChangeItsKeys() throws Exception {
        arrive(login);
        provider.changeKeyToElliptic();
        now.set(NOW.plusSeconds(11));
        assertThat(arrive(login).username()).isEqualTo("ann");
        assertThat(provider.keyReads).hasValue(2);
        arrive(login);
        assertThat(provider.keyReads).as("known keys are not read again").hasValue(2);
    }

    /** Its old keys must not be good for as long as the clock was set back. */
    @Test
    void keysReadBeforeTheClockWasSetBackAreReadAgain() throws Exception {
        arrive(login);
        int documents = provider.descriptionReads.get();
        now.set(NOW.minus(Duration.ofDays(1)));
        arrive(login);
        assertThat(provider.keyReads).hasValue(2);
        assertThat(provider.descriptionReads.get()).isEqualTo(documents + 1);
        arrive(login);
        assertThat(provider.keyReads).hasValue(2);
    }

    /** Whoever sends tokens of keys that do not exist must not make us ask the provider each time. */
    @Test
    void unknownKeysAreNotLookedForAllTheTime() throws Exception {
        arrive(login);
        provider.form = FakeProvider.Form.BY_UNKNOWN_KEY;
        now.set(NOW.plusSeconds(11));
        for (int i = 0; i < 5; i++) {
            assertUntrusted("");
        }
        assertThat(provider.keyReads).hasValue(2);
    }

    @Test
    void aProviderThatIsAwayIsSaidToBe() throws Exception {
        Begun begun = login.begin(null);
        Callback callback = callback(provider.visit(begun.location()));
        provider.away(true);
        assertRefused(Reason.PROVIDER_AWAY, callback, begun.browser());
        provider.away(false);
        assertThat(arrive(login).username()).isEqualTo("ann");

        provider.close();
        try (OidcLogin fresh = login(config(List.of("groups"), Optional.empty()))) {
            assertThatThrownBy(() -> fresh.begin(null))
                    .isInstanceOfSatisfying(OidcRefusedException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.PROVIDER_AWAY));
        }
    }

    /** Anybody may begin a login, so nobody can make us ask all the time. */
    @Test
    void aProviderThatIsAwayIsLeftInPeace() throws Exception {
        provider.away(true);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> login.begin(null))
                    .isInstanceOfSatisfying(OidcRefusedException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.PROVIDER_AWAY));
        }
        assertThat(provider.descriptionReads).hasValue(1);
        provider.away(false);
        now.set(NOW.plusSeconds(5));
        assertThat(arrive(login).username()).isEqualTo("ann");
    }

    @Test
    void nothingSecretIsPrinted() throws Exception {
        Begun begun = login.begin(null);
        assertThat(begun.toString()).doesNotContain(begun.browser()).doesNotContain("state=");
    }

    @Test
    void whoSaysNoAtTheProviderIsOut() throws Exception {
        Begun begun = login.begin(null);
        Map<String, String> back = provider.visit(begun.location());
        assertRefused(
                Reason.PROVIDER_REFUSED,
                new Callback(back.get("state"), null, "access_denied\r\nforged log line", back.get("iss")),
                begun.browser());
        Begun other = login.begin(null);
        Map<String, String> mixed = new HashMap<>(provider.visit(other.location()));
        mixed.put("iss", "https://evil.example");
        assertRefused(Reason.UNTRUSTED, callback(mixed), other.browser());
    }

    @Test
    void rolesComeFromTheClaimsThatAreNamed() throws Exception {
        provider.claim("groups", List.of("everybody"));
        assertThatThrownBy(() -> arrive(login))
                .isInstanceOfSatisfying(
                        OidcRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_ROLE));
        try (OidcLogin open = login(config(List.of("groups"), Optional.of(Role.VIEWER)))) {
            assertThat(arrive(open).role()).isEqualTo(Role.VIEWER);
        }
        provider.claim("realm_access", Map.of("roles", List.of("ops", "leads")));
        try (OidcLogin nested = login(config(List.of("realm_access.roles"), Optional.empty()))) {
            assertThat(arrive(nested).role()).as("the highest of several").isEqualTo(Role.ADMIN);
        }
        provider.claim("groups", Map.of("ops", true));
        assertThatThrownBy(() -> arrive(login)).hasMessageContaining("none of [groups]");
    }

    @Test
    void anAddressOfMailCountsWhereItIsVerified() throws Exception {
        try (OidcLogin byMail = login(config(List.of("email"), Optional.empty()))) {
            provider.claim("email", "ann@example.org");
            assertThatThrownBy(() -> arrive(byMail)).hasMessageContaining("none of [email]");
            provider.claim("email_verified", true);
            assertThat(arrive(byMail).role()).isEqualTo(Role.ADMIN);
        }
    }

    @Test
    void namesAreMadeToFit() throws Exception {
        provider.claim("preferred_username", "ACME\\Ann Müller");
        assertThat(arrive(login).username()).isEqualTo("ACME-Ann-M-ller");
        provider.claim("preferred_username", "..");
        assertUntrusted("is no name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/p2p/monitoring",
                "//evil.example",
                "/\\evil.example",
                "/p2p/monitoring.evil.example",
                "/p2p/monitoring@evil.example",
                "/p2p/monitoring/\\..\\..\\evil",
                "/p2p/monitoring/\r\nSet-Cookie: a=b",
                "javascript:alert(1)",
                ""
            })
    void nobodyIsSentElsewhere(String wish) {
        assertThat(OidcLogin.page(wish)).isEqualTo(HOME);
    }

    @Test
    void codesAndTokensGoOverTlsOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcConfig.secure("issuer", URI.create("http://login.example")))
                .withMessageContaining("https");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcConfig.secure("issuer", URI.create("http://127.0.0.1.evil.example")));
        assertThat(OidcConfig.secure("issuer", URI.create("https://login.example")))
                .isNotNull();
    }

    @Test
    void anotherProviderAtTheSameAddressIsNotBelieved() throws Exception {
        OidcConfig config = config(List.of("groups"), Optional.empty());
        try (OidcLogin wrong = login(new OidcConfig(
                config.issuer() + "/",
                config.clientId(),
                config.clientSecret(),
                config.redirectUrl(),
                config.scopes(),
                config.usernameClaim(),
                config.roleClaims(),
                config.roles(),
                config.others(),
                config.label()))) {
            assertThatThrownBy(() -> wrong.begin(null)).hasMessageContaining("calls itself");
        }
        assertThat(config.toString()).doesNotContain(FakeProvider.SECRET);
    }

    private void assertUntrusted(String why) throws Exception {
        assertThatThrownBy(() -> arrive(login)).isInstanceOfSatisfying(OidcRefusedException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED);
            assertThat(e).hasMessageContaining(why);
        });
    }

    private void assertRefused(Reason reason, Callback callback, @Nullable String browser) {
        assertThatThrownBy(() -> login.finish(callback, browser))
                .isInstanceOfSatisfying(OidcRefusedException.class, e -> {
                    assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
                    assertThat(e.getMessage()).doesNotContain("\n");
                });
    }

    private Identity arrive(OidcLogin by) throws OidcRefusedException {
        Begun begun = by.begin(null);
        return by.finish(callback(provider.visit(begun.location())), begun.browser())
                .identity();
    }

    private static Callback callback(Map<String, String> back) {
        return new Callback(back.get("state"), back.get("code"), back.get("error"), back.get("iss"));
    }

    private OidcLogin login(OidcConfig config) {
        return new OidcLogin(config, new Kept(), now::get);
    }

    private OidcConfig config(List<String> roleClaims, Optional<Role> others) {
        return new OidcConfig(
                provider.issuer(),
                FakeProvider.CLIENT,
                FakeProvider.SECRET,
                URI.create("http://localhost:8080/api/v1/session/oidc/callback"),
                List.of("openid", "profile"),
                "preferred_username",
                roleClaims,
                Map.of("ops", Role.OPERATOR, "leads", Role.ADMIN, "ann@example.org", Role.ADMIN),
                others,
                "the fake");
    }

    /** Attempts in memory. */
    private static final class Kept implements OidcLogin.Attempts {
        private final Map<String, Attempt> attempts = new HashMap<>();

        @Override
        public void add(Attempt attempt, Instant now) {
            assertThat(Duration.between(now, attempt.expiresAt())).isEqualTo(OidcLogin.PATIENCE);
            attempts.put(Base64.getEncoder().encodeToString(attempt.state()), attempt);
        }

        @Override
        public @Nullable Attempt take(byte[] state, Instant now) {
            Attempt attempt = attempts.remove(Base64.getEncoder().encodeToString(state));
            return attempt == null || !now.isBefore(attempt.expiresAt()) ? null : attempt;
        }
    }
}
