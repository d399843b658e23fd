package io.peerscope.query.ledger;

/**
 * Samples of one host. {@code accepted = stored + duplicate + late + quarantined} for what is through, and with what is
 * in flight for everything.
 *
 * @param accepted acknowledged, or written in a request of which the answer was lost
 * @param rejected refused at the door; not accepted
 * @param stored in raw storage in time for their minute
 * @param duplicate of which the subject had that field at that time already; the newest value holds
 * @param late in raw storage, but after their minute had closed: the roll-up was made again
 * @param quarantined accepted, but the database would not have them
 */
public record Tally(long accepted, long rejected, long stored, long duplicate, long late, long quarantined) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    public Tally plus(Tally more) {
        return new Tally(
                accepted + more.accepted,
                rejected + more.rejected,
                stored + more.stored,
                duplicate + more.duplicate,
                late + more.late,
                quarantined + more.quarantined);
    }

    /** Whether every accepted sample is somewhere, so many of them still in flight. */
    public boolean balances(long inFlight) {
        return accepted == stored + duplicate + late + quarantined + inFlight;
    }
}
