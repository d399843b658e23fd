package io.peerscope.query.history;

/** How finely the past is kept. */
public enum Tier {
    RAW("raw", 1_000),
    MINUTE("1m", 60_000);

    private final String word;
    private final long resolution;

    Tier(String word, long resolution) {
        this.word = word;
        this.resolution = resolution;
    }

    public String word() {
        return word;
    }

    /** Milliseconds that a step is a multiple of. */
    public long resolution() {
        return resolution;
    }
}
