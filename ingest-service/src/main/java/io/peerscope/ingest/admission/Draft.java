package io.peerscope.ingest.admission;

import java.util.List;

/**
 * A batch as its sender wrote it: decoded, nothing checked yet. What every door makes of its own format.
 *
 * @param dialect what words and numbers its format may use
 * @param host "" if the sender named none
 * @param batch the sender's own id of the batch, "" if it gave none
 * @param sentAt when this attempt was sent by the sender's clock, epoch milliseconds; {@link #NO_TIME} if unknown
 * @param labels of the host, name, value, name, value …
 */
public record Draft(
        Dialect dialect, String host, String batch, long sentAt, List<String> labels, List<DraftPoint> points) {
    /** The sender gave no time. */
    public static final long NO_TIME = Long.MIN_VALUE;
    /** The sender gave something that is no time. */
    public static final long BAD_TIME = Long.MIN_VALUE + 1;

    /** Number of samples, right or wrong. */
    public int samples() {
        int samples = 0;
        for (DraftPoint point : points) {
            samples += point.names().size();
        }
        return samples;
    }

    /**
     * Whether the same content again can only be the same batch again: it has an id, or every point its own time. A
     * batch without both may well repeat itself, because nothing has changed on the host.
     */
    public boolean repeatable() {
        if (!batch.isEmpty()) {
            return true;
        }
        for (DraftPoint point : points) {
            if (point.timestamp() == NO_TIME) {
                return false;
            }
        }
        return true;
    }

    /** Differs, but for chance, between different contents. Leaves out {@code sentAt}: a retry is sent later. */
    public long fingerprint() {
        long hash = mix(host.hashCode(), labels.hashCode());
        for (DraftPoint point : points) {
            hash = mix(hash, point.kind().hashCode());
            hash = mix(hash, point.labels().hashCode());
            hash = mix(hash, point.states().hashCode());
            hash = mix(hash, point.timestamp());
            hash = mix(hash, point.names().hashCode());
            for (double value : point.values()) {
                hash = mix(hash, Double.doubleToRawLongBits(value));
            }
        }
        return hash;
    }

    /** One round of a 64-bit finalizer (SplitMix64's constants). */
    private static long mix(long hash, long more) {
        long mixed = (hash ^ more) * 0xbf58476d1ce4e5b9L;
        return (mixed ^ mixed >>> 29) * 0x94d049bb133111ebL + 0x9e3779b97f4a7c15L;
    }
}
