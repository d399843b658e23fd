package io.peerscope.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginBackOffTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final LoginBackOff backOff = new LoginBackOff(now::get);

    private void fail(int times, String user, String address) {
        for (int i = 0; i < times; i++) {
            backOff.failed(user, address);
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    @Test
    void aFewSlipsCostNothing() {
        fail(4, "ann", "10.0.0.1");
        assertThat(backOff.wait("ann", "10.0.0.1")).isEmpty();
    }

    @Test
    void guessingGetsSlowerAndNobodyIsLockedOut() {
        fail(5, "ann", "10.0.0.1");
        assertThat(backOff.wait("ann", "10.0.0.9")).contains(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(backOff.wait("ann", "10.0.0.9")).isEmpty();

        fail(1, "ann", "10.0.0.1");
        assertThat(backOff.wait("ann", "10.0.0.9")).contains(Duration.ofSeconds(2));
        fail(1000, "ann", "10.0.0.1");
        assertThat(backOff.wait("ann", "10.0.0.9")).contains(Duration.ofMinutes(1));
    }

    @Test
    void anAddressThatTriesManyUsersIsSlowedToo() {
        for (int i = 0; i < 6; i++) {
            backOff.failed("user" + i, "10.0.0.1");
        }
        assertThat(backOff.wait("somebody", "10.0.0.1")).isPresent();
        assertThat(backOff.wait("somebody", "10.0.0.2")).isEmpty();
    }

    @Test
    void addressesOfOneNetworkAreOne() {
        for (int i = 0; i < 6; i++) {
            backOff.failed("user" + i, "2001:db8:0:1::" + i);
        }
        assertThat(backOff.wait("somebody", "2001:db8:0:1:ffff::9")).isPresent();
        assertThat(backOff.wait("somebody", "2001:db8:0:2::1")).isEmpty();
        fail(6, "ann", "fe80::1%eth0");
        assertThat(backOff.wait("somebody", "fe80::1%eth0")).isPresent();
    }

    @Test
    void namesThatNobodyHasTakeNoMoreMemoryThanOthers() {
        fail(5, "x".repeat(1 << 20), "10.0.0.1");
        assertThat(backOff.wait("x".repeat(64), "10.0.0.9"))
                .as("all that is kept of it")
                .isPresent();
    }

    @Test
    void theRightPasswordAndTimeForget() {
        fail(7, "ann", "10.0.0.1");
        backOff.succeeded("ann");
        assertThat(backOff.wait("ann", "10.0.0.2")).isEmpty();

        fail(7, "bob", "10.0.0.3");
        pass(Duration.ofMinutes(16));
        fail(1, "bob", "10.0.0.3");
        assertThat(backOff.wait("bob", "10.0.0.3")).isEmpty();
    }

    @Test
    void wornOutPasswordsAreRefused() {
        assertThat(Passwords.fault("short", "ann")).isPresent();
        assertThat(Passwords.fault("Password1", "ann")).isPresent();
        assertThat(Passwords.fault("PeerScope-2026", "ann")).isPresent();
        assertThat(Passwords.fault("annabelle", "Annabelle")).isPresent();
        assertThat(Passwords.fault("aaaaaaaaaaaa", "ann")).isPresent();
        assertThat(Passwords.fault("four words make one", "ann")).isEmpty();
    }

    @Test
    void hashesTellNothingAndVerify() {
        Passwords passwords = new Passwords();
        String hash = passwords.hash("four words make one");
        assertThat(hash).startsWith("$argon2id$");
        assertThat(passwords.matches("four words make one", Optional.of(hash))).isTrue();
        assertThat(passwords.matches("four words make two", Optional.of(hash))).isFalse();
        assertThat(passwords.matches("nobody's password", Optional.empty())).isFalse();
    }
}
