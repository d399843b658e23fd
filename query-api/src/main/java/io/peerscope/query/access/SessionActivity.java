package io.peerscope.query.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When sessions were last used, until it is written down: a write for each request would cost more than it tells. Holds
 * valid sessions only, so it is as small as their number. Thread-safe.
 */
public final class SessionActivity {
    private final InstantSource clock;
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

    public SessionActivity(InstantSource clock) {
        this.clock = clock;
    }

    public void used(String id) {
        unwritten.put(id, clock.instant());
    }

    public Optional<Instant> lastUsed(String id) {
        return Optional.ofNullable(unwritten.get(id));
    }

    public Map<String, Instant> unwritten() {
        return Map.copyOf(unwritten);
    }

    /** What was used again meanwhile stays. */
    public void written(Map<String, Instant> times) {
        times.forEach(unwritten::remove);
    }
}
