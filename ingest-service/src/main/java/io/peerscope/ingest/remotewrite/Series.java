package io.peerscope.ingest.remotewrite;

import io.peerscope.contracts.problem.ErrorCode;

/** What the labels of a series mean. */
sealed interface Series {
    /** @param field as the sender calls it */
    record Known(Target target, String field) implements Series {}

    /** Samples of such a series cannot be kept. */
    record Bad(ErrorCode code, String detail) implements Series {}
}
