package io.peerscope.foundation.kafka;

/** A topic exists in another shape than the catalogue asks for; only a person can decide what to do. */
public final class TopicMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicMismatchException(String message) {
        super(message);
    }
}
