package io.peerscope.query.rest;

import io.peerscope.contracts.security.Credential;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.SessionActivity;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.LoginSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Ends sessions that nothing was asked with for long. Whether one is idle is asked at the door and, for the live
 * connections of others, from time to time. The database is only asked about what this process did not see used.
 */
public final class IdleSessions {
    /** Another instance may have seen it used so much later than is written down. */
    public static final Duration WRITTEN_EVERY = Duration.ofMinutes(1);

    private final CredentialBook credentials;
    private final LoginSessions details;
    private final SessionActivity activity;
    private final AuditLog audit;
    private final QueryClock clock;
    private final Supplier<Duration> limit;

    /** @param limit asked each time, so that it may change */
    public IdleSessions(
            CredentialBook credentials,
            LoginSessions details,
            SessionActivity activity,
            AuditLog audit,
            QueryClock clock,
            Supplier<Duration> limit) {
        this.credentials = credentials;
        this.details = details;
        this.activity = activity;
        this.audit = audit;
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Notes that a session is used.
     *
     * @return false where it was idle for too long; it has ended then
     */
    boolean use(String id) {
        Instant since = since();
        List<Credential> idle = credentials.find(id).stream()
                .filter(session -> unseen(session, since))
                .toList();
        if (idle.isEmpty() || endIdle(idle, since) == 0) {
            activity.used(id);
            return true;
        }
        return false;
    }

    /** @param ours whether it is this instance that does it; only asked where there may be something to do */
    public int endIdle(BooleanSupplier ours) {
        Instant since = since();
        List<Credential> open = credentials.sessions().toList();
        activity.retain(open.stream().map(Credential::id).toList());
        List<Credential> unseen =
                open.stream().filter(session -> unseen(session, since)).toList();
        return unseen.isEmpty() || !ours.getAsBoolean() ? 0 : endIdle(unseen, since);
    }

    private Instant since() {
        return clock.source().instant().minus(limit.get());
    }

    private boolean unseen(Credential session, Instant since) {
        return session.createdAt().isBefore(since)
                && activity.lastUsed(session.id()).orElse(Instant.MIN).isBefore(since);
    }

    private int endIdle(List<Credential> unseen, Instant since) {
        Map<String, Instant> written =
                details.lastUsed(unseen.stream().map(Credential::id).toList());
        int ended = 0;
        for (Credential session : unseen) {
            Instant last = written.getOrDefault(session.id(), session.createdAt());
            if (last.plus(WRITTEN_EVERY).isBefore(since)) {
                end(session, last);
                ended++;
            } else {
                activity.known(session.id(), last);
            }
        }
        return ended;
    }

    private void end(Credential session, Instant lastUsed) {
        audit.record(
                new Principal(session.role(), session.name(), ""),
                new AuditLog.Entry(
                        "session.idle", session.name(), Map.of("id", session.id(), "last_used_at", lastUsed), null),
                connection -> {
                    LoginSessions.remove(connection, session.id());
                    credentials.revoke(session.id());
                    return session;
                });
    }
}
