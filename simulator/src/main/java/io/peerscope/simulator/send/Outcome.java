package io.peerscope.simulator.send;

import io.peerscope.simulator.Batch;

/** What became of a batch. */
public sealed interface Outcome {
    Batch batch();

    /** How often it was sent. */
    int attempts();

    /**
     * Answered with 2xx: it is durable.
     *
     * @param accepted samples kept, as the server counts them
     * @param rejected samples that were not valid
     * @param duplicate an earlier attempt had already been kept
     */
    record Accepted(Batch batch, int attempts, int status, int accepted, int rejected, boolean duplicate)
            implements Outcome {}

    /** Answered so that sending it again cannot help; nothing of it is kept. */
    record Refused(Batch batch, int attempts, int status, String detail) implements Outcome {}

    /**
     * No final answer in the time given. An attempt whose answer was lost may have been kept all the same.
     *
     * @param status of the last answer, 0 where the last attempt had none
     */
    record Unknown(Batch batch, int attempts, int status, String detail) implements Outcome {}
}
