package io.peerscope.ingest.admission;

import java.time.Duration;

/**
 * @param points most points of a batch
 * @param keptRaw how old a point may be: what is older than raw storage holds would vanish unseen
 * @param ahead how far in the future a corrected timestamp may lie
 */
public record Limits(int points, Duration keptRaw, Duration ahead) {
    /** Most fields of a point: with the longest names it still fits a record many times over. */
    public static final int FIELDS = 500;

    public static final int LABELS = 8;
    /** What Kubernetes puts on a series, and as many again. */
    public static final int FOREIGN_LABELS = 32;

    public static final int STATES = 32;

    public Limits {
        require(points > 0, "peerscope.ingest.max-points must be at least 1, was %s", points);
        require(keptRaw.isPositive(), "peerscope.ingest.raw-retention must be positive, was %s", keptRaw);
        require(!ahead.isNegative(), "peerscope.ingest.max-ahead must not be negative, was %s", ahead);
    }

    /** These, where raw storage holds points for so long. */
    public Limits keepingRaw(Duration kept) {
        return new Limits(points, kept, ahead);
    }

    public static Limits standard() {
        return new Limits(10_000, Duration.ofHours(24), Duration.ofMinutes(1));
    }

    private static void require(boolean holds, String message, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(value));
        }
    }
}
