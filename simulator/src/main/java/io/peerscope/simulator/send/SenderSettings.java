package io.peerscope.simulator.send;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach ingest.
 *
 * @param server scheme, host and port; the path is added
 * @param token a fleet token: it writes for any host
 * @param parallel requests under way at a time, at most
 * @param gzip compress bodies
 * @param stampSentAt say when each attempt is sent, from which ingest learns how far the clocks are apart; without it
 *     timestamps are taken as they are
 * @param requestTimeout for one attempt
 * @param giveUpAfter no attempt begins later than this after the first
 */
public record SenderSettings(
        URI server,
        String token,
        int parallel,
        boolean gzip,
        boolean stampSentAt,
        Duration requestTimeout,
        Duration giveUpAfter) {

    public SenderSettings {
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, was " + parallel);
        }
    }

    public static SenderSettings of(URI server, String token) {
        return new SenderSettings(server, token, 8, false, true, Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    public SenderSettings withParallel(int requests) {
        return new SenderSettings(server, token, requests, gzip, stampSentAt, requestTimeout, giveUpAfter);
    }

    public SenderSettings withGzip() {
        return new SenderSettings(server, token, parallel, true, stampSentAt, requestTimeout, giveUpAfter);
    }

    public SenderSettings withoutSentAt() {
        return new SenderSettings(server, token, parallel, gzip, false, requestTimeout, giveUpAfter);
    }

    public SenderSettings givingUpAfter(Duration limit) {
        return new SenderSettings(server, token, parallel, gzip, stampSentAt, requestTimeout, limit);
    }

    @Override
    public String toString() {
        return "SenderSettings[" + server + ", parallel " + parallel + "]";
    }
}
