package io.peerscope.ingest.sample;

import java.time.Instant;

final class ClockManager {
    long elapsed(long since) {
        return System.nanoTime() - since;
    }

    Instant now() {
        return Instant.now();
    }
}
