package io.peerscope.ingest.intake;

import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.util.concurrent.CompletionStage;

/** Port to where it is written down what became of samples that are in no batch. */
@FunctionalInterface
public interface ReceiptLog {
    /** Never blocks, never throws, and always completes: within a few seconds also when Kafka is away. */
    CompletionStage<Outcome> append(ReceiptRecord receipt);
}
