package io.peerscope.ingest.intake;

import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is written, or is away. */
public final class FakeReceiptLog implements ReceiptLog {
    public final List<ReceiptRecord> written = new CopyOnWriteArrayList<>();
    public volatile boolean away;

    @Override
    public CompletionStage<Outcome> append(ReceiptRecord receipt) {
        if (away) {
            return CompletableFuture.completedStage(new Outcome.Unconfirmed("away"));
        }
        written.add(receipt);
        return CompletableFuture.completedStage(new Outcome.Durable());
    }
}
