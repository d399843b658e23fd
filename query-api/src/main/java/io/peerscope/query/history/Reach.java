package io.peerscope.query.history;

import java.time.Instant;
import java.util.Map;

/**
 * Up to where each longer tier can be read; a tier that is not named cannot be read at all yet.
 *
 * @param until exclusive; for hours, days and months
 */
public record Reach(Map<Tier, Instant> until) {
    /** Nothing longer than minutes. */
    public static final Reach NONE = new Reach(Map.of());

    long until(Tier tier) {
        Instant end = until.get(tier);
        return end == null ? Long.MIN_VALUE : end.toEpochMilli();
    }
}
