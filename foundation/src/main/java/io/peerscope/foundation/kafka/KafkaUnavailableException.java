package io.peerscope.foundation.kafka;

import org.jspecify.annotations.Nullable;

/** Kafka did not do what was asked of it in time; trying again later may help. */
public final class KafkaUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KafkaUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
