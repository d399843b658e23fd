package io.peerscope.testkit.webhook;

import java.util.Optional;

/** What a webhook's receiver does with a message. */
public sealed interface Reply {
    /** @param retryAfter value of that header */
    record Status(int status, Optional<String> retryAfter) implements Reply {}

    /** No answer, until the sender gives up or the receiver is closed. */
    record Hang() implements Reply {}

    static Reply ok() {
        return new Status(200, Optional.empty());
    }

    static Reply status(int status) {
        return new Status(status, Optional.empty());
    }

    static Reply tooMany(int retryAfterSeconds) {
        return new Status(429, Optional.of(Integer.toString(retryAfterSeconds)));
    }

    static Reply hang() {
        return new Hang();
    }
}
