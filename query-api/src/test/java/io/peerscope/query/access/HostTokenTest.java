package io.peerscope.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostTokenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static Credential token(String id, @Nullable Instant expiresAt) {
        return new Credential(id, Credential.Use.TOKEN, Role.HOST, "h1", "", NOW.minusSeconds(60), expiresAt);
    }

    private static HostToken alone(@Nullable Instant expiresAt, Instant now) {
        return HostToken.ofOne(List.of(token("a", expiresAt)), Map.of(), now).getFirst();
    }

    @Test
    void theWarningComesAsTheClockGoesOn() {
        Instant end = NOW.plus(Duration.ofDays(30));

        assertThat(alone(null, NOW).status()).isEqualTo(HostToken.Status.VALID);
        assertThat(alone(end, NOW).status()).isEqualTo(HostToken.Status.VALID);
        assertThat(alone(end, end.minus(HostToken.WARNING).minusMillis(1)).status())
                .isEqualTo(HostToken.Status.VALID);
        assertThat(alone(end, end.minus(HostToken.WARNING)).status()).isEqualTo(HostToken.Status.EXPIRING);
        assertThat(alone(end, end.minusMillis(1)).status()).isEqualTo(HostToken.Status.EXPIRING);
        assertThat(alone(end, end).status()).isEqualTo(HostToken.Status.EXPIRED);
    }

    @Test
    void whatLastsLongerReplaces() {
        Credential soon = token("soon", NOW.plus(Duration.ofDays(1)));
        Credential later = token("later", NOW.plus(Duration.ofDays(2)));
        Credential ever = token("ever", null);

        assertThat(HostToken.ofOne(List.of(soon, later, ever), Map.of(), NOW))
                .extracting(HostToken::replaced)
                .containsExactly(true, true, false);
        assertThat(HostToken.ofOne(List.of(soon, later), Map.of(), NOW.plus(Duration.ofDays(3))))
                .extracting(HostToken::replaced)
                .containsExactly(false, false);
    }

    @Test
    void theUseIsThatOfTheToken() {
        Instant used = NOW.minusSeconds(5);

        assertThat(HostToken.ofOne(List.of(token("a", null), token("b", null)), Map.of("b", used), NOW))
                .extracting(HostToken::lastUsedAt)
                .containsExactly(null, used);
    }
}
