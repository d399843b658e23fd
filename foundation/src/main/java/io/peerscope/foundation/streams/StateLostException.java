package io.peerscope.foundation.streams;

/** The topics that hold a topology's state are not those it filled; only a person can decide what to do. */
public final class StateLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StateLostException(String message) {
        super(message);
    }
}
