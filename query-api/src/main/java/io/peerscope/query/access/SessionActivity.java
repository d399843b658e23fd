package io.peerscope.query.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When sessions were last used, as far as this process knows: a write for each request would cost more than it tells, so
 * it is written down from time to time. Holds valid sessions only, so it is as small as their number. Thread-safe.
 */
public final class SessionActivity {
    private final InstantSource clock;
    private final Map<String, Instant> last = new ConcurrentHashMap<>();
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

    public SessionActivity(InstantSource clock) {
        this.clock = clock;
    }

    public void used(String id) {
        Instant now = clock.instant();
        last.put(id, now);
        unwritten.put(id, now);
    }

    /** What was written down before, perhaps by another process. */
    public void known(String id, Instant time) {
        last.merge(id, time, (a, b) -> a.isAfter(b) ? a : b);
    }

    public Optional<Instant> lastUsed(String id) {
        return Optional.ofNullable(last.get(id));
    }

    public Map<String, Instant> unwritten() {
        return Map.copyOf(unwritten);
    }

    /** What was used again meanwhile stays. */
    public void written(Map<String, Instant> times) {
        times.forEach(unwritten::remove);
    }

    /** Forgets all others. */
    public void retain(Collection<String> ids) {
        last.keySet().retainAll(ids);
    }
}
