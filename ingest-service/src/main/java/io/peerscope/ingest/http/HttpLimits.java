package io.peerscope.ingest.http;

import java.time.Duration;

/**
 * @param body most bytes of a body, as sent and as decompressed
 * @param bodyTimeout how long a body may take to arrive
 * @param deadline how long an answer may take once the body is there; then it is 503
 */
public record HttpLimits(int body, Duration bodyTimeout, Duration deadline) {
    /** Bodies up to this size are read on the event loop: a fraction of a millisecond. Larger ones go to a worker. */
    static final int INLINE = 64 * 1024;

    public HttpLimits {
        if (body < 1) {
            throw new IllegalArgumentException("peerscope.ingest.max-body must be at least 1, was " + body);
        }
        if (!bodyTimeout.isPositive() || !deadline.isPositive()) {
            throw new IllegalArgumentException("peerscope.ingest.body-timeout (%s) and deadline (%s) must be positive"
                    .formatted(bodyTimeout, deadline));
        }
    }

    /** 10 MiB, 15 s, and an answer within 3 s. */
    public static HttpLimits standard() {
        return new HttpLimits(10 << 20, Duration.ofSeconds(15), Duration.ofMillis(2800));
    }
}
