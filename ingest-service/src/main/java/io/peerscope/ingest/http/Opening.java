package io.peerscope.ingest.http;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;

/** Whether a body is worth reading, and how it is read. */
public sealed interface Opening {
    /** @param limit most bytes of the body, as sent and as decompressed */
    record Reading(Encoding encoding, int limit, Decoder decoder) implements Opening {}

    /** A reason to answer without the body. */
    record Objection(ErrorCode code, String detail) implements Opening {}

    /** Understands a body. Pure, and safe to call on any thread. */
    @FunctionalInterface
    interface Decoder {
        /**
         * @param body may be longer than {@code length}
         * @param sender for whom the credential speaks: a host's own token supplies the host where the data do not
         */
        Decoded decode(byte[] body, int length, Sender sender) throws UndecodableException;
    }
}
