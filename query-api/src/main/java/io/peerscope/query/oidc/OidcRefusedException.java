package io.peerscope.query.oidc;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A login by the provider that comes to nothing. The message is for the log; people are told the reason. */
public final class OidcRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient @Nullable Who who;

    /** Whom the provider's word was about, where that can be believed. */
    public record Who(String issuer, String subject) {}

    /** Why. */
    public enum Reason {
        /** The provider does not answer, or not as it should. */
        PROVIDER_AWAY,
        /** The provider would not say who it is. */
        PROVIDER_REFUSED,
        /** This login was begun too long ago, was finished already, or never begun. */
        EXPIRED,
        /** It was begun in another browser. */
        OTHER_BROWSER,
        /** The provider's word cannot be believed. */
        UNTRUSTED,
        /** Nothing says that he may look. */
        NO_ROLE,
        /** Somebody with a password has this name. */
        NAME_TAKEN,
        DISABLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OidcRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.who = null;
    }

    public OidcRefusedException(Reason reason, String message, Who who) {
        super(message);
        this.reason = reason;
        this.who = who;
    }

    public OidcRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.who = null;
    }

    public Reason reason() {
        return reason;
    }

    public Optional<Who> who() {
        return Optional.ofNullable(who);
    }
}
