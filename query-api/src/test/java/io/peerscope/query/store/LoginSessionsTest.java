package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.query.access.SessionActivity;
import io.peerscope.query.store.LoginSessions.LoginSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is written down of sessions, and when they were used. */
class LoginSessionsTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T10:00:00Z");

    @RegisterExtension
    final FreshDatabase fresh = FreshDatabase.plain();

    private LoginSessions sessions;

    @BeforeEach
    void twoSessions() throws SQLException {
        sessions = new LoginSessions(fresh.get());
        try (Connection connection = fresh.get().getConnection()) {
            LoginSessions.add(connection, session("a", STARTED.plusSeconds(60)));
            LoginSessions.add(connection, session("b", null));
        }
    }

    private static LoginSession session(String id, @Nullable Instant expiresAt) {
        return new LoginSession(id, "ann", "10.0.0.1", "a\r\nbrowser", STARTED, STARTED, expiresAt);
    }

    private LoginSession of(String id) {
        return Optional.ofNullable(sessions.of("ann").get(id)).orElseThrow();
    }

    @Test
    void whatABrowserCallsItselfIsOneLine() {
        assertThat(of("a").browser()).isEqualTo("a  browser");
        assertThat(sessions.of("bob")).isEmpty();
    }

    @Test
    void anOlderUseDoesNotReplaceANewerOne() throws SQLException {
        sessions.used(Map.of("a", STARTED.plusSeconds(20), "gone", STARTED));
        sessions.used(Map.of("a", STARTED.plusSeconds(10)));
        assertThat(of("a").lastUsedAt()).isEqualTo(STARTED.plusSeconds(20));
        assertThat(of("b").lastUsedAt()).isEqualTo(STARTED);
    }

    @Test
    void whatHasExpiredIsForgotten() throws SQLException {
        sessions.forgetExpired(STARTED.plusSeconds(60));
        assertThat(sessions.of("ann")).containsOnlyKeys("a", "b");
        sessions.forgetExpired(STARTED.plusSeconds(61));
        assertThat(sessions.of("ann")).containsOnlyKeys("b");
    }

    @Test
    void aUseDuringTheWriteIsWrittenWithTheNext() {
        AtomicReference<Instant> now = new AtomicReference<>(STARTED);
        SessionActivity activity = new SessionActivity(now::get);
        activity.used("a");
        Map<String, Instant> written = activity.unwritten();
        now.set(STARTED.plusSeconds(1));
        activity.used("a");
        activity.written(written);
        assertThat(activity.unwritten()).isEqualTo(Map.of("a", STARTED.plusSeconds(1)));
        activity.written(activity.unwritten());
        assertThat(activity.unwritten()).isEmpty();
        assertThat(activity.lastUsed("a")).contains(STARTED.plusSeconds(1));

        activity.known("a", STARTED);
        assertThat(activity.lastUsed("a")).as("older than what is known").contains(STARTED.plusSeconds(1));
        activity.retain(List.of("b"));
        assertThat(activity.lastUsed("a")).isEmpty();
    }
}
