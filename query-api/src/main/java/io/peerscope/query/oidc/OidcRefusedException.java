package io.peerscope.query.oidc;

import java.util.Locale;

/** A login by the provider that comes to nothing. The message is for the log; people are told the reason. */
public final class OidcRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

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
    }

    public OidcRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
