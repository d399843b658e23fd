package io.peerscope.agent.send;

import java.time.Duration;
import java.util.Optional;

/** What the server says to a parcel. */
public sealed interface Answer {
    /** It is durable. */
    record Taken() implements Answer {}

    /** It is durable but for some of it, which will never be taken. */
    record TakenInPart(String detail) implements Answer {}

    /** It is too much for one request, or some of it makes the whole unreadable. */
    record TooMuch(String detail) implements Answer {}

    /** None of it will ever be taken. */
    record Refused(String detail) implements Answer {}

    /** The credential is not good; nothing will be taken until somebody mends that. */
    record Denied(String detail) implements Answer {}

    /**
     * Not now.
     *
     * @param retryAfter as the server asks
     */
    record Later(String detail, Optional<Duration> retryAfter) implements Answer {}
}
