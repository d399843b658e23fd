package io.peerscope.benchmarks.measure;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that goes wrong in a task that is repeated by a timer. The timer ends such a task without a word, and what is
 * measured from then on is something else than what is reported.
 */
public final class FirstFailure {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /** The task, watched. */
    public Runnable of(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                first.compareAndSet(null, e);
                throw e;
            }
        };
    }

    /** @throws IllegalStateException where something went wrong */
    public void check() {
        Throwable failure = first.get();
        if (failure != null) {
            throw new IllegalStateException("what was measured went wrong meanwhile: " + failure, failure);
        }
    }
}
