package io.peerscope.agent.send;

import java.time.Duration;
import java.util.Optional;

/** What the server says to a report. */
public sealed interface Answer {
    /** It is durable. */
    record Taken() implements Answer {}

    /** It will never be taken, whole or in part. */
    record Refused(int status, String detail) implements Answer {}

    /** The credential is not good; nothing will be taken until somebody mends that. */
    record Denied(String detail) implements Answer {}

    /**
     * Not now.
     *
     * @param retryAfter as the server asks
     */
    record Later(String detail, Optional<Duration> retryAfter) implements Answer {}
}
