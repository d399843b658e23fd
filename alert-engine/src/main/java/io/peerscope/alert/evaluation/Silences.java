package io.peerscope.alert.evaluation;

import io.peerscope.alert.lifecycle.Silencing;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.silence.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every silence, by id. Of several that cover an alert the first by id is named. */
final class Silences implements Silencing {
    private static final long LOOK_EVERY = 1_000;

    private final Map<String, Silence> byId = new TreeMap<>();
    /** Those that held at the last look; null before the first, which must find alerts whose silence ended meanwhile. */
    private @Nullable List<Silence> held;

    private long looked;

    /** @param silence null: removed */
    void put(String id, @Nullable Silence silence) {
        if (silence == null) {
            byId.remove(id);
        } else {
            byId.put(id, silence);
        }
        looked = Long.MIN_VALUE / 2;
    }

    /** Whether other silences hold than at the last look; looks at most once a second, unless one was put. */
    boolean turned(long now) {
        if (held != null && Math.abs(now - looked) < LOOK_EVERY) {
            return false;
        }
        looked = now;
        Instant at = Instant.ofEpochMilli(now);
        List<Silence> holding =
                byId.values().stream().filter(silence -> silence.holds(at)).toList();
        boolean turned = !holding.equals(held);
        held = holding;
        return turned;
    }

    @Override
    public Optional<String> of(Alert alert, long now) {
        Instant at = Instant.ofEpochMilli(now);
        return byId.values().stream()
                .filter(silence -> silence.holds(at) && silence.covers(alert))
                .map(Silence::id)
                .findFirst();
    }
}
