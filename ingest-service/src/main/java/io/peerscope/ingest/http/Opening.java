package io.peerscope.ingest.http;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.intake.Reply;
import java.util.concurrent.CompletionStage;

/** Whether a body is worth reading, and how it is read. */
public sealed interface Opening {
    /** The body is read, up to this many bytes as sent and as decompressed. */
    sealed interface Welcome extends Opening {
        Encoding encoding();

        int limit();
    }

    /** It has points. */
    record Reading(Encoding encoding, int limit, Decoder decoder) implements Welcome {}

    /** It has something else, with a way of its own to be made durable. */
    record Handling(Encoding encoding, int limit, Handler handler) implements Welcome {}

    /** A reason to answer without the body. */
    record Objection(ErrorCode code, String detail) implements Opening {}

    /** Understands a body. Pure, and safe to call on any thread. */
    @FunctionalInterface
    interface Decoder {
        /**
         * @param body may be longer than {@code length}; used for others afterwards
         * @param sender for whom the credential speaks: a host's own token supplies the host where the data do not
         */
        Decoded decode(byte[] body, int length, Sender sender) throws UndecodableException;

        /** How many bytes of heap reading takes at once, about, where that is many times the body; asked before it. */
        default long cost(byte[] body, int length) throws UndecodableException {
            return 0;
        }
    }

    /** Understands a body and makes it durable. Safe to call on any thread; never blocks. */
    @FunctionalInterface
    interface Handler {
        /**
         * @param body may be longer than {@code length}
         * @param receivedAt epoch milliseconds
         */
        CompletionStage<Reply> handle(byte[] body, int length, Sender sender, long receivedAt)
                throws UndecodableException;
    }
}
