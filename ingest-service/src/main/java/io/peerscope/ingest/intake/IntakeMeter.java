package io.peerscope.ingest.intake;

import io.peerscope.contracts.problem.ErrorCode;

/**
 * Counts what comes in. When nothing is in flight,
 *
 * <pre>
 * requests         = turned away + undecodable + decoded batches
 * decoded batches  = refused + duplicate + durable + unconfirmed
 * decoded samples  = rejected + duplicate + durable + unconfirmed
 * samples on Kafka = durable − merged  (and any part of unconfirmed)
 * </pre>
 *
 * Page when a sum stops balancing: something is losing data out of sight.
 */
public interface IntakeMeter {
    void request();

    /** Answered without looking at the body, or the body never came whole. */
    void turnedAway(ErrorCode why);

    void undecodable(ErrorCode why);

    void decoded(int samples);

    /** A whole batch was refused; its samples are counted by {@link #rejected}. */
    void refused(ErrorCode why);

    void rejected(ErrorCode why, int samples);

    void duplicate(int samples);

    /** @param merged those of the samples that a later one of the same batch has replaced */
    void durable(int samples, int merged);

    void unconfirmed(int samples);
}
