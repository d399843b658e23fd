package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.SessionActivity;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.LoginSessions;
import io.peerscope.query.store.LoginSessions.LoginSession;
import io.peerscope.query.store.Users;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Begins, lists and ends the sessions of people. Each beginning and end is on record. */
public final class Logins {
    private final CredentialBook credentials;
    private final LoginSessions details;
    private final SessionActivity activity;
    private final AuditLog audit;
    private final QueryClock clock;
    private final Supplier<Duration> validFor;

    /** @param validFor asked for each session, so that it may change */
    public Logins(
            CredentialBook credentials,
            LoginSessions details,
            SessionActivity activity,
            AuditLog audit,
            QueryClock clock,
            Supplier<Duration> validFor) {
        this.credentials = credentials;
        this.details = details;
        this.activity = activity;
        this.audit = audit;
        this.clock = clock;
        this.validFor = validFor;
    }

    /** From where somebody logs in. */
    record From(String address, String browser) {}

    /** A session that began, and for how long. */
    record Begun(CredentialBook.Issued issued, Duration validFor) {}

    /** What must hold, or be noted, in the transaction that begins a session. */
    @FunctionalInterface
    interface Condition {
        Condition NONE = connection -> {};

        void apply(Connection connection) throws SQLException;
    }

    /** @param how what he showed, such as {@code password} */
    Begun begin(String username, Role role, From from, String how, Condition condition) {
        return begin(username, role, from, how, List.of(), condition);
    }

    /** @param changes that the condition makes, for the record */
    Begun begin(String username, Role role, From from, String how, List<AuditLog.Entry> changes, Condition condition) {
        Duration length = validFor.get();
        Map<String, Object> recorded = Map.of("address", from.address(), "by", how);
        List<AuditLog.Entry> entries = new ArrayList<>(changes);
        entries.add(new AuditLog.Entry("session.start", username, null, recorded));
        CredentialBook.Issued issued = audit.recordAll(new Principal(role, username, ""), entries, connection -> {
            condition.apply(connection);
            CredentialBook.Issued made = credentials.issue(
                    Credential.Use.SESSION,
                    role,
                    username,
                    clock.source().instant().plus(length));
            Credential credential = made.credential();
            Instant now = credential.createdAt();
            LoginSessions.add(
                    connection,
                    new LoginSession(
                            credential.id(),
                            username,
                            from.address(),
                            from.browser(),
                            now,
                            now,
                            credential.expiresAt()));
            return made;
        });
        return new Begun(issued, length);
    }

    /** @throws ProblemException where he came by a token, which has no session */
    Credential own(Principal caller) {
        return credentials
                .find(caller.credentialId())
                .filter(credential -> credential.use() == Credential.Use.SESSION)
                .orElseThrow(() -> new ProblemException(ErrorCode.CONFLICT, "a token has no session"));
    }

    /** Valid sessions of whoever has this name and role, the one that was used last first. */
    List<LoginSession> of(String username, Role role) {
        return shown(username, credentials.sessionsOf(username, role));
    }

    /** Of whoever has this name: for who may see everybody's. */
    List<LoginSession> of(String username) {
        return shown(username, credentials.sessionsOf(username));
    }

    private List<LoginSession> shown(String username, Stream<Credential> sessions) {
        Map<String, LoginSession> known = details.of(username);
        Instant now = clock.source().instant();
        return sessions.filter(credential -> credential.expiresAt() == null || now.isBefore(credential.expiresAt()))
                .map(credential -> shown(credential, known.get(credential.id())))
                .sorted(Comparator.comparing(LoginSession::lastUsedAt).reversed())
                .toList();
    }

    /** @return how many were ended */
    int end(Principal caller, String username, Role role, Predicate<LoginSession> which) {
        return end(caller, username, of(username, role).stream().filter(which).toList());
    }

    /** @return how many were ended */
    int end(Principal caller, String username, List<LoginSession> ended) {
        if (ended.isEmpty()) {
            return 0;
        }
        List<AuditLog.Entry> entries = ended.stream()
                .map(session -> new AuditLog.Entry("session.end", username, recorded(session), null))
                .toList();
        return audit.recordAll(caller, entries, connection -> {
            for (LoginSession session : ended) {
                LoginSessions.remove(connection, session.id());
                credentials.revoke(session.id());
            }
            return ended.size();
        });
    }

    /** Ends all sessions of somebody who may not be let in any more; with an entry of the try itself. */
    void refuse(Users.User user, String why, From from) {
        Principal himself = new Principal(user.role(), user.username(), "");
        Map<String, Object> recorded = Map.of("address", from.address(), "wrong", why);
        audit.note(himself, new AuditLog.Entry("session.refused", user.username(), null, recorded));
        end(himself, user.username(), of(user.username(), user.role()));
    }

    /** A session from before addresses were kept is shown without. */
    private LoginSession shown(Credential credential, @Nullable LoginSession known) {
        Instant lastKnown = known == null ? credential.createdAt() : known.lastUsedAt();
        Instant lastUsed =
                activity.lastUsed(credential.id()).filter(lastKnown::isBefore).orElse(lastKnown);
        return new LoginSession(
                credential.id(),
                credential.name(),
                known == null ? "" : known.address(),
                known == null ? "" : known.browser(),
                credential.createdAt(),
                lastUsed,
                credential.expiresAt());
    }

    private static Map<String, Object> recorded(LoginSession session) {
        return Map.of("id", session.id(), "address", session.address(), "started_at", session.startedAt());
    }
}
