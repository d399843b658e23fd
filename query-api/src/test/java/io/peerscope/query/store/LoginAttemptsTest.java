package io.peerscope.query.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.oidc.OidcLogin.Attempt;
import io.peerscope.query.store.Users.External;
import io.peerscope.query.store.Users.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept of logins by a provider. */
class LoginAttemptsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @RegisterExtension
    final FreshDatabase fresh = FreshDatabase.plain();

    @Test
    void anAttemptIsTakenOnceAndInTime() {
        LoginAttempts attempts = new LoginAttempts(fresh.get());
        attempts.add(attempt(1), NOW);
        attempts.add(attempt(2), NOW);
        assertThat(attempts.take(new byte[] {3}, NOW)).isNull();
        Attempt taken = requireNonNull(attempts.take(new byte[] {1}, NOW.plusSeconds(599)));
        assertThat(taken.browser()).containsExactly(9);
        assertThat(taken.nonce()).isEqualTo("nonce");
        assertThat(taken.verifier()).isEqualTo("verifier");
        assertThat(taken.returnTo()).isEqualTo("/p2p/monitoring");
        assertThat(attempts.take(new byte[] {1}, NOW)).as("twice").isNull();
        assertThat(attempts.take(new byte[] {2}, NOW.plusSeconds(600)))
                .as("late")
                .isNull();
    }

    @Test
    void aUserMayHaveAPasswordOrAProvider() throws SQLException {
        Users users = new Users(fresh.get());
        External external = new External("https://login.example", "u-1");
        User ann = new User("ann", Role.VIEWER, null, false, NOW, NOW, external);
        User bob = new User("bob", Role.ADMIN, "hash", false, NOW, NOW, null);
        try (Connection connection = fresh.get().getConnection()) {
            Users.put(connection, ann);
            Users.put(connection, bob);
        }
        assertThat(users.find(external)).contains(ann);
        assertThat(users.find("bob")).contains(bob);
        assertThat(users.find(new External("https://login.example", "u-2"))).isEmpty();
        assertThat(users.find(new External("https://evil.example", "u-1"))).isEmpty();
    }

    private static Attempt attempt(int state) {
        return new Attempt(
                new byte[] {(byte) state},
                new byte[] {9},
                "nonce",
                "verifier",
                "/p2p/monitoring",
                NOW.plusSeconds(600));
    }
}
