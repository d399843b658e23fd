package io.peerscope.ingest.intake;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.foundation.trace.Span;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Port to what makes batches durable. */
public interface BatchLog {
    /**
     * All batches of a request at once. Never blocks, never throws, and always completes: within a few seconds also when
     * Kafka is away.
     *
     * @param batches one or more, received at the same time
     * @param span of the request
     * @return what became of each, in their order
     */
    CompletionStage<List<Outcome>> append(List<PointBatch> batches, Span span);

    /** What is known of a batch that was to be made durable. */
    sealed interface Outcome {
        /**
         * All of it is on all replicas.
         *
         * @param places where, as far as it is known
         */
        record Durable(List<ReceiptId.Place> places) implements Outcome {
            public Durable() {
                this(List.of());
            }
        }

        /** Not confirmed: none, some or all of it may have been written. */
        record Unconfirmed(String why) implements Outcome {}
    }
}
