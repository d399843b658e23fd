package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.problem.ErrorCode;

/** What becomes of a batch. In both cases {@code faults} has every refused sample, and no sample counts twice. */
public sealed interface Verdict {
    Faults faults();

    /**
     * @param accepted samples that were right as sent; with the rejected ones they are all that were sent
     * @param merged accepted samples that a later one of the same batch, for the same subject and time, has replaced
     */
    record Admitted(PointBatch batch, int accepted, int merged, Faults faults) implements Verdict {}

    /** Nothing of the batch is kept. */
    record Refused(ErrorCode code, String detail, Faults faults) implements Verdict {}
}
