package io.peerscope.query.rest;

import io.peerscope.foundation.security.Principal;
import io.peerscope.query.store.LoginSessions.LoginSession;
import io.peerscope.query.store.Users;
import java.util.List;
import java.util.Set;

/** What a second factor that becomes a duty means for who is logged in already: whoever stole a session has none to show. */
public final class SecondFactorDuty {
    private final SecondFactors factors;
    private final Users users;
    private final Logins logins;

    public SecondFactorDuty(SecondFactors factors, Users users, Logins logins) {
        this.factors = factors;
        this.users = users;
        this.logins = logins;
    }

    /** Ends the sessions of all who have to have a second factor and have none, but for the one that asks. */
    void begin(Principal caller) {
        Set<String> having = factors.having();
        for (Users.User user : users.all()) {
            if (user.external() == null && factors.due(user.role()) && !having.contains(user.username())) {
                List<LoginSession> others = logins.of(user.username(), user.role()).stream()
                        .filter(session -> !session.id().equals(caller.credentialId()))
                        .toList();
                logins.end(caller, user.username(), others);
            }
        }
    }
}
