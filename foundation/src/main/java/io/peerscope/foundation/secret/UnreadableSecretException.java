package io.peerscope.foundation.secret;

/** Something is sealed and cannot be opened here; the message says what to do and nothing of what is inside. */
public final class UnreadableSecretException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableSecretException(String message) {
        super(message);
    }
}
