package io.peerscope.ingest.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Group commit: what comes while a group is under way goes together when that is through. The producer would hold it
 * back, too, but be woken by each record in vain; with small records that is a fifth of the cost of a request. Nobody waits
 * for a timer unless something is wrong: a broker that does not answer must not hold up what is for
 * another one. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    /** Something to write. */
    @FunctionalInterface
    interface Work {
        /** @param through to be called once, when it is known what became of it; on whatever thread */
        void begin(Runnable through);
    }

    private static final class Group {
        private final long since = System.nanoTime();
        private int open;

        private Group(int open) {
            this.open = open;
        }
    }

    private final long patience; // nanoseconds

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ingest-group-commit").factory());

    // guarded by this
    private List<Work> waiting = new ArrayList<>();
    private Group latest = new Group(0);
    private boolean looking;

    /** @param patience how long a group is waited for: longer than a broker takes to write, shorter than anybody notices */
    GroupCommit(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** Begins at once where nothing is under way. */
    void submit(Work work) {
        Group group;
        List<Work> all;
        synchronized (this) {
            waiting.add(work);
            if (isUnderWay(latest)) {
                lookLater();
                return;
            }
            all = waiting;
            group = next();
        }
        begin(all, group);
    }

    private boolean isUnderWay(Group group) {
        return group.open > 0 && System.nanoTime() - group.since < patience;
    }

    private Group next() {
        latest = new Group(waiting.size());
        waiting = new ArrayList<>(waiting.size());
        return latest;
    }

    private void begin(List<Work> all, Group group) {
        for (Work work : all) {
            work.begin(() -> through(group));
        }
    }

    private void through(Group group) {
        Group following;
        List<Work> all;
        synchronized (this) {
            group.open--;
            if (group.open > 0 || group != latest || waiting.isEmpty()) {
                return;
            }
            all = waiting;
            following = next();
        }
        begin(all, following);
    }

    /** One look serves all who wait, however many groups come and go meanwhile. */
    private void lookLater() {
        if (!looking) {
            looking = true;
            try {
                timer.schedule(this::look, patience, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closing) {
                looking = false; // close() begins what waits
            }
        }
    }

    private void look() {
        Group group;
        List<Work> all;
        synchronized (this) {
            looking = false;
            if (waiting.isEmpty()) {
                return;
            }
            if (isUnderWay(latest)) {
                lookLater();
                return;
            }
            all = waiting;
            group = next();
        }
        begin(all, group);
    }

    /** Begins what waits. */
    @Override
    public void close() {
        timer.shutdownNow();
        Group group;
        List<Work> all;
        synchronized (this) {
            all = waiting;
            group = next();
        }
        begin(all, group);
    }
}
