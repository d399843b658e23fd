package io.peerscope.query.history;

import java.time.Instant;
import java.util.Map;

/**
 * Up to where each longer tier can be read; a tier that is not named cannot be read at all yet.
 *
 * @param until exclusive; for hours, days and months
 * @param since from when a tier was not dropped yet; a tier that is not named was never dropped
 */
public record Reach(Map<Tier, Instant> until, Map<Tier, Instant> since) {
    /** Nothing longer than minutes. */
    public static final Reach NONE = new Reach(Map.of(), Map.of());

    public Reach(Map<Tier, Instant> until) {
        this(until, Map.of());
    }

    public Instant since(Tier tier) {
        return since.getOrDefault(tier, Instant.EPOCH);
    }

    long until(Tier tier) {
        Instant end = until.get(tier);
        return end == null ? Long.MIN_VALUE : end.toEpochMilli();
    }
}
