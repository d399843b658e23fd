package io.peerscope.contracts.point;

import java.util.List;

/**
 * One accepted request of one host: one Kafka record of {@code metrics.points}, keyed by the host.
 *
 * @param batch the sender's own id of the batch, "" if it gave none
 * @param sentAt when the sender says it sent it, epoch milliseconds; 0 if unknown
 * @param receivedAt when ingest received it, epoch milliseconds: the only clock that is trusted
 * @param receipt what the sender was given to ask for the batch's fate
 * @param skew what ingest added to the host's timestamps to get event time, milliseconds
 * @param simulated made up by the demo
 * @param rejected samples of the same request and host that were refused and are not here
 * @param merged samples that were right but are not here, because a later one of the request replaced them
 */
public record PointBatch(
        String host,
        String batch,
        long sentAt,
        long receivedAt,
        String receipt,
        long skew,
        boolean simulated,
        List<Point> points,
        int rejected,
        int merged) {

    /**
     * Event time never runs further ahead of {@link #receivedAt}, milliseconds: no host moves the time of others, and nobody
     * takes its true samples for late ones afterwards.
     */
    public static final long MOST_AHEAD = 1_000;

    /** In place of a receipt, where no sender sent anything: what Peerscope concluded itself. Ingest gives others. */
    private static final String DERIVED = "derived";

    /**
     * What Peerscope concluded of a host from what it and others sent, for rules to judge. It is no word of the host and no
     * sample: nobody stores it as such, and it is in no ledger. Of links and peers there are roll-ups.
     */
    public static PointBatch derived(String host, long at, boolean simulated, List<Point> points) {
        return new PointBatch(host, "", 0, at, DERIVED, 0, simulated, points);
    }

    public boolean isDerived() {
        return receipt.equals(DERIVED);
    }

    /** All that was sent is here. */
    public PointBatch(
            String host,
            String batch,
            long sentAt,
            long receivedAt,
            String receipt,
            long skew,
            boolean simulated,
            List<Point> points) {
        this(host, batch, sentAt, receivedAt, receipt, skew, simulated, points, 0, 0);
    }

    /** Whether no point is further ahead than ingest lets it be; if one is, it was not ingest who wrote the batch. */
    public boolean keepsToTime() {
        for (Point point : points) {
            if (point.timestamp() > receivedAt + MOST_AHEAD) {
                return false;
            }
        }
        return true;
    }

    /** With so many refused samples more. */
    public PointBatch besideRejected(int more) {
        return new PointBatch(
                host, batch, sentAt, receivedAt, receipt, skew, simulated, points, rejected + more, merged);
    }

    /** Number of samples: one for each field of each point. */
    public int samples() {
        int samples = 0;
        for (Point point : points) {
            samples += point.values().length;
        }
        return samples;
    }
}
