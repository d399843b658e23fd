package io.peerscope.ingest.intake;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.util.List;

/** The answer to a sender, before it is put into the words of his protocol. */
public sealed interface Reply {
    /**
     * Durable. {@code accepted + rejected} are the samples that were sent.
     *
     * @param duplicate it had been acknowledged before, and nothing was written now
     * @param errors the first faults, where some points were refused
     */
    record Accepted(int accepted, int rejected, boolean duplicate, String receipt, List<Problem.Detail> errors)
            implements Reply {}

    /** Nothing is kept; with a 503, nothing is promised. */
    record Refused(ErrorCode code, String detail, List<Problem.Detail> errors) implements Reply {}
}
