package io.peerscope.query.advice;

/**
 * How often advice of a kind came true.
 *
 * @param weight by which its gain counts when advice is ranked: 1 until something was refuted, then the share that came true
 */
public record TrackRecord(AdviceKind kind, long confirmed, long refuted, double weight) {
    public static TrackRecord of(AdviceKind kind, long confirmed, long refuted) {
        return new TrackRecord(kind, confirmed, refuted, (confirmed + 1.0) / (confirmed + refuted + 1.0));
    }
}
