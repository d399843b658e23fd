package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.access.LoginBackOff;
import io.peerscope.query.access.Passwords;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.StoreException;
import io.peerscope.query.store.Users;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Knows people again by what they know and have. Whoever guesses is slowed down, and his wrong tries are on record. */
public final class Recognition {
    private static final Logger LOG = Logger.getLogger(Recognition.class);

    private final Users users;
    private final Passwords passwords;
    private final LoginBackOff backOff;
    private final AuditLog audit;

    public Recognition(Users users, Passwords passwords, LoginBackOff backOff, AuditLog audit) {
        this.users = users;
        this.passwords = passwords;
        this.backOff = backOff;
        this.audit = audit;
    }

    /** What somebody showed is not right: counted, recorded, and answered as it says. */
    static final class WrongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String what;
        private final transient ProblemException answer;

        /** @param what was wrong, for the record, such as {@code code} */
        WrongException(String what, ProblemException answer) {
            super(what);
            this.what = what;
            this.answer = answer;
        }
    }

    /**
     * One try of somebody who says that he is this user.
     *
     * @param proof throws {@link WrongException} where it is none; whatever else it throws does not count as a guess
     */
    <T> T attempt(String username, String address, Supplier<T> proof) {
        return backOff.inTurn(username, () -> {
            backOff.wait(username, address).ifPresent(wait -> {
                throw ProblemException.later(ErrorCode.QUOTA_EXCEEDED, "too many wrong tries; wait a little", wait);
            });
            try {
                T proven = proof.get();
                backOff.succeeded(username);
                return proven;
            } catch (WrongException wrong) {
                backOff.failed(username, address);
                record(username, address, wrong.what);
                throw wrong.answer;
            }
        });
    }

    /** @param answer where it is not his, or there is no such user */
    Users.User byPassword(String username, String password, ProblemException answer) {
        Optional<Users.User> user = users.find(username).filter(found -> !found.disabled());
        if (!passwords.matches(password, user.map(Users.User::passwordHash)) || user.isEmpty()) {
            throw new WrongException("password", answer);
        }
        return user.get();
    }

    /**
     * In the transaction that goes by his proof: whoever was disabled, demoted or given another password while it was judged
     * has shown nothing.
     */
    static void unchanged(Connection connection, Users.User proven) throws SQLException {
        if (!Users.hold(connection, proven.username()).equals(Optional.of(proven))) {
            throw new ProblemException(ErrorCode.UNAUTHENTICATED, "this account was changed just now; log in again");
        }
    }

    /**
     * Only of accounts that there are, so that nobody can fill the log with names. Later, on a thread of its own: the answer
     * must not take longer where there is such an account.
     */
    private void record(String username, String address, String what) {
        Thread.ofVirtual().name("refused-login").start(() -> {
            try {
                users.find(username)
                        .ifPresent(user -> audit.note(
                                new Principal(user.role(), username, ""),
                                new AuditLog.Entry(
                                        "session.refused", username, null, Map.of("address", address, "wrong", what))));
            } catch (StoreException e) {
                LOG.warnf("a wrong %s of %s is not on record: %s", what, username, e.getMessage());
            }
        });
    }
}
