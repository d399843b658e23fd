package io.peerscope.ingest.intake;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.receipt.ReceiptId;
import java.util.List;

/** The answer to a sender, before it is put into the words of his protocol. */
public sealed interface Reply {
    /**
     * What was right is durable. {@code accepted + rejected} are the samples that were sent.
     *
     * @param items the same, as the sender's format counts
     * @param duplicate all of it had been acknowledged before, and nothing was written now
     * @param written where it is; nothing where there was nothing to write
     * @param errors the first faults, where some points were refused
     */
    record Accepted(
            int accepted,
            int rejected,
            Items items,
            boolean duplicate,
            List<ReceiptId.Part> written,
            List<Problem.Detail> errors)
            implements Reply {
        /** To ask for the fate of what was sent; made when it is asked for, since few protocols can tell it. */
        public String receipt() {
            return ReceiptId.of(written).text();
        }
    }

    /**
     * Nothing is kept; with a 503, nothing is promised.
     *
     * @param items where they were looked at one by one and each was found wrong; else {@link Items#NONE}
     */
    record Refused(ErrorCode code, String detail, List<Problem.Detail> errors, Items items) implements Reply {
        public Refused(ErrorCode code, String detail, List<Problem.Detail> errors) {
            this(code, detail, errors, Items.NONE);
        }
    }

    /**
     * Samples, lines or data points.
     *
     * @param firstRejected counted from 0; -1 where none was
     */
    record Items(int sent, int rejected, int firstRejected) {
        public static final Items NONE = new Items(0, 0, -1);

        public int kept() {
            return sent - rejected;
        }
    }
}
