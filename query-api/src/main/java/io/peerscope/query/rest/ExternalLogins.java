package io.peerscope.query.rest;

import io.peerscope.contracts.security.Credential;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.oidc.Identity;
import io.peerscope.query.oidc.OidcLogin;
import io.peerscope.query.oidc.OidcRefusedException;
import io.peerscope.query.oidc.OidcRefusedException.Reason;
import io.peerscope.query.rest.UsersResource.UserView;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.Users;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Begins sessions of people whom the provider knows; who comes for the first time becomes a user. */
public final class ExternalLogins {
    private static final int TRIES = 3;

    private final Optional<OidcLogin> provider;
    private final Users users;
    private final Logins logins;
    private final CredentialBook credentials;
    private final QueryClock clock;

    /** @param provider empty: nobody logs in this way */
    public ExternalLogins(
            Optional<OidcLogin> provider, Users users, Logins logins, CredentialBook credentials, QueryClock clock) {
        this.provider = provider;
        this.users = users;
        this.logins = logins;
        this.credentials = credentials;
        this.clock = clock;
    }

    Optional<OidcLogin> provider() {
        return provider;
    }

    Logins.Begun begin(Identity identity, Logins.From from) throws OidcRefusedException {
        Users.External external = new Users.External(identity.issuer(), identity.subject());
        for (int tries = 1; ; tries++) {
            try {
                Optional<Users.User> known = users.find(external);
                return known.isPresent() ? again(known.get(), identity, from) : first(external, identity, from);
            } catch (ChangedMeanwhileException e) {
                if (tries == TRIES) {
                    throw new OidcRefusedException(
                            Reason.EXPIRED, identity.username() + " is being changed all the time", e);
                }
            }
        }
    }

    /** Whom the provider lets look no more, or an admin not: on record, and what is still open of him ends. */
    void refuse(OidcRefusedException.Who who, Reason reason, Logins.From from) {
        users.find(new Users.External(who.issuer(), who.subject()))
                .ifPresent(user -> logins.refuse(user, reason.word(), from));
    }

    private Logins.Begun first(Users.External external, Identity identity, Logins.From from)
            throws OidcRefusedException {
        if (users.find(identity.username()).isPresent()) {
            throw new OidcRefusedException(
                    Reason.NAME_TAKEN,
                    "%s of %s has the name of a user".formatted(identity.username(), identity.issuer()));
        }
        Instant now = clock.source().instant();
        Users.User user = new Users.User(identity.username(), identity.role(), null, false, now, now, external);
        List<AuditLog.Entry> made =
                List.of(new AuditLog.Entry("user.create", user.username(), null, UserView.of(user)));
        return begin(user, from, made, connection -> {
            if (!Users.add(connection, user)) {
                throw new ChangedMeanwhileException();
            }
        });
    }

    private Logins.Begun again(Users.User known, Identity identity, Logins.From from) throws OidcRefusedException {
        if (known.disabled()) {
            throw new OidcRefusedException(
                    Reason.DISABLED,
                    known.username() + " is disabled",
                    new OidcRefusedException.Who(identity.issuer(), identity.subject()));
        }
        if (known.role() == identity.role()) {
            return begin(known, from, List.of(), connection -> hold(connection, known));
        }
        Users.User changed = new Users.User(
                known.username(),
                identity.role(),
                null,
                false,
                known.createdAt(),
                clock.source().instant(),
                known.external());
        AuditLog.Entry change =
                new AuditLog.Entry("user.change", known.username(), UserView.of(known), UserView.of(changed));
        return begin(changed, from, List.of(change), connection -> {
            hold(connection, known);
            Users.put(connection, changed);
            credentials.revokeAll(credential -> credential.use() == Credential.Use.SESSION
                    && credential.name().equals(known.username()));
        });
    }

    private Logins.Begun begin(
            Users.User user, Logins.From from, List<AuditLog.Entry> changes, Logins.Condition condition) {
        return logins.begin(user.username(), user.role(), from, "oidc", changes, condition);
    }

    /** Otherwise whom an admin disables in this very moment would be let in, or even be enabled again. */
    private static void hold(Connection connection, Users.User known) throws SQLException {
        if (!Users.hold(connection, known.username()).equals(Optional.of(known))) {
            throw new ChangedMeanwhileException();
        }
    }

    /** Somebody else changed the user between reading and writing. */
    private static final class ChangedMeanwhileException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
