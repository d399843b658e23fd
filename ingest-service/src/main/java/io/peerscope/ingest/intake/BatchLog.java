package io.peerscope.ingest.intake;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.receipt.ReceiptId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Port to what makes a batch durable. */
public interface BatchLog {
    /** Never blocks, never throws, and always completes: within a few seconds also when Kafka is away. */
    CompletionStage<Outcome> append(PointBatch batch);

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
