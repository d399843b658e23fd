package io.peerscope.ingest.intake;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.foundation.trace.Span;
import java.util.Collections;
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

    private final List<CompletableFuture<Void>> hanging = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ACKNOWLEDGE;

    public void become(Mood next) {
        mood = next;
    }

    /** Acknowledges all that hangs. */
    public void release() {
        hanging.forEach(one -> one.complete(null));
        hanging.clear();
    }

    @Override
    public CompletionStage<List<Outcome>> append(List<PointBatch> batches, Span span) {
        for (PointBatch batch : batches) {
            appended.add(batch);
            threads.add(Thread.currentThread().getName());
        }
        return switch (mood) {
            case ACKNOWLEDGE -> CompletableFuture.completedStage(all(batches, new Outcome.Durable()));
            case FAIL -> CompletableFuture.completedStage(all(batches, new Outcome.Unconfirmed("away")));
            case HANG -> {
                CompletableFuture<Void> open = new CompletableFuture<>();
                hanging.add(open);
                yield open.thenApply(released -> all(batches, new Outcome.Durable()));
            }
        };
    }

    private static List<Outcome> all(List<PointBatch> batches, Outcome outcome) {
        return Collections.nCopies(batches.size(), outcome);
    }
}
