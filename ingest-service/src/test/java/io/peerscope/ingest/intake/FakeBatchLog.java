package io.peerscope.ingest.intake;

import io.peerscope.contracts.point.PointBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Acknowledges, fails, or says nothing until told to. */
public final class FakeBatchLog implements BatchLog {
    /** What the log does with the next batches. */
    public enum Mood {
        ACKNOWLEDGE,
        FAIL,
        HANG
    }

    public final List<PointBatch> appended = new CopyOnWriteArrayList<>();
    /** On which thread each batch was handed over. */
    public final List<String> threads = new CopyOnWriteArrayList<>();

    private final List<CompletableFuture<Outcome>> hanging = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ACKNOWLEDGE;

    public void become(Mood next) {
        mood = next;
    }

    /** Acknowledges all that hangs. */
    public void release() {
        hanging.forEach(one -> one.complete(new Outcome.Durable()));
        hanging.clear();
    }

    @Override
    public CompletionStage<Outcome> append(PointBatch batch) {
        appended.add(batch);
        threads.add(Thread.currentThread().getName());
        return switch (mood) {
            case ACKNOWLEDGE -> CompletableFuture.completedStage(new Outcome.Durable());
            case FAIL -> CompletableFuture.completedStage(new Outcome.Unconfirmed("away"));
            case HANG -> {
                CompletableFuture<Outcome> open = new CompletableFuture<>();
                hanging.add(open);
                yield open;
            }
        };
    }
}
