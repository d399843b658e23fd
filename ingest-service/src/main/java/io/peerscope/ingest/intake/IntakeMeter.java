package io.peerscope.ingest.intake;

import io.peerscope.contracts.problem.ErrorCode;

/**
 * Counts what comes in; a request has a batch for each host it tells of. When nothing is in flight,
 *
 * <pre>
 * requests         = turned away + undecodable + understood
 * decoded batches  = refused + duplicate + durable + unconfirmed
 * decoded samples  = rejected + duplicate + durable + unconfirmed
 * samples on Kafka = durable − merged  (and any part of unconfirmed)
 * </pre>
 *
 * Page when a sum stops balancing: something is losing data out of sight.
 */
public interface IntakeMeter {
    /** @param protocol its name, as in {@code json} */
    void request(String protocol);

    /** Answered without looking at the body, or the body never came whole, or was more than the sender's quota. */
    void turnedAway(ErrorCode why);

    void undecodable(ErrorCode why);

    /**
     * The body of a request could be read.
     *
     * @param leftOut samples that the decoder could not make part of a batch; they count as decoded, and as rejected
     */
    void understood(int leftOut);

    /** One batch of a request. */
    void decoded(int samples);

    /** A whole batch was refused; its samples are counted by {@link #rejected}. */
    void refused(ErrorCode why);

    void rejected(ErrorCode why, int samples);

    void duplicate(int samples);

    /** @param merged those of the samples that a later one of the same batch has replaced */
    void durable(int samples, int merged);

    void unconfirmed(int samples);

    /** What became of events. */
    enum Events {
        DURABLE,
        REJECTED,
        UNCONFIRMED
    }

    void events(Events outcome, int count);
}
