package io.peerscope.aggregate.window;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The windows of all hosts of one partition. A window closes once, when trusted time passes its end plus the grace; what
 * comes later for it becomes a notice that the database must compute it from the raw points.
 *
 * <p>Trusted time is when ingest received the records, never what hosts claim, so no host can close another's window.
 * Which points a window counts depends on its own host's records and their receive times alone: a host's due windows are
 * emitted before its next record is looked at. Other hosts' due windows follow a few at a time, so that the turn of the
 * minute does not hold up the partition.
 *
 * <p>Everything here can be rebuilt from the {@link WindowJournal}; each call leaves both agreeing. Not thread-safe.
 */
public final class TaskWindows {
    private final WindowConfig config;
    private final RollupPlan plan;
    private final WindowJournal journal;
    private final AggregatorMeter meter;
    private final Consumer<RollupBatch> out;
    private final Map<String, List<OpenWindow>> hosts = new HashMap<>();

    /** Hosts with windows to close; may name hosts that have none any more. */
    private final Deque<String> due = new ArrayDeque<>();

    private long closedBefore = Long.MIN_VALUE;

    /** Takes up what the journal holds. */
    public TaskWindows(
            WindowConfig config,
            RollupPlan plan,
            WindowJournal journal,
            AggregatorMeter meter,
            Consumer<RollupBatch> out) {
        this.config = config;
        this.plan = plan;
        this.journal = journal;
        this.meter = meter;
        this.out = out;
        journal.replay(new Restore());
        hosts.forEach(this::queueIfDue);
    }

    /** Tells when ingest received a record. Older than before changes nothing. */
    public void advance(long receivedAt) {
        closeBefore(MinuteWindow.startOf(receivedAt - config.grace().toMillis()));
    }

    /**
     * Tells the wall clock while no records come. It closes no more than what is open, so that a wall clock gone wild
     * does not make late what is yet to come.
     */
    public void advanceIdle(long wallClock) {
        long bound = MinuteWindow.startOf(wallClock - config.grace().toMillis());
        long latest = Long.MIN_VALUE;
        for (List<OpenWindow> windows : hosts.values()) {
            for (OpenWindow window : windows) {
                if (window.start < bound) {
                    latest = Math.max(latest, window.start + MinuteWindow.LENGTH);
                }
            }
        }
        closeBefore(latest);
    }

    private void closeBefore(long start) {
        if (start > closedBefore) {
            closedBefore = start;
            journal.closedBefore(start);
            due.clear();
            hosts.forEach(this::queueIfDue);
        }
    }

    private void queueIfDue(String host, List<OpenWindow> windows) {
        for (OpenWindow window : windows) {
            if (window.start < closedBefore) {
                due.add(host);
                return;
            }
        }
    }

    /** Emits the due windows of up to so many hosts. */
    public void closeDue(int limit) {
        for (int closed = 0; closed < limit && !due.isEmpty(); ) {
            closed += close(due.remove()) ? 1 : 0;
        }
    }

    private boolean close(String host) {
        List<OpenWindow> windows = hosts.get(host);
        if (windows == null) {
            return false;
        }
        RollupPages pages = new RollupPages(host, out);
        for (OpenWindow window : windows) {
            if (window.start < closedBefore) {
                close(host, window, pages);
            }
        }
        pages.flush();
        boolean closed = windows.removeIf(window -> window.start < closedBefore);
        if (windows.isEmpty()) {
            hosts.remove(host);
        }
        return closed;
    }

    private void close(String host, OpenWindow window, RollupPages pages) {
        Recount recount = recount(host, window);
        window.rollups.forEach((subject, rollup) -> {
            if (window.handedOver()) {
                pages.late(subject, window.start, window.handedOverUpTo);
            } else {
                Rollup closed =
                        rollup.disordered() ? recount.close(subject) : OpenWindow.close(rollup, subject, window.start);
                if (closed.shape().size() > 0) {
                    pages.rollup(closed);
                }
                meter.closed(rollup.disordered());
            }
        });
        journal.remove(host, window.start, window.entries, window.handedOver());
    }

    private Recount recount(String host, OpenWindow window) {
        Recount recount = new Recount(
                window.rollups.entrySet().stream()
                        .filter(entry -> entry.getValue().disordered())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()),
                window.start,
                plan);
        if (!recount.isEmpty() && !window.handedOver()) {
            journal.read(
                    host, window.start, window.entries, batch -> batch.points().forEach(recount::add));
        }
        return recount;
    }

    /**
     * @param encoded the batch as it arrived
     * @param offset of its record
     */
    public void add(PointBatch batch, byte[] encoded, long offset) {
        String host = batch.host();
        close(host);
        List<OpenWindow> touched = new ArrayList<>(2);
        LatePoints late = new LatePoints();
        int points = 0;
        OpenWindow window = null;
        for (Point point : batch.points()) {
            if (point.shape().size() == 0) {
                continue; // only states: nothing to add up
            }
            points++;
            if (point.timestamp() < closedBefore) {
                late.add(point);
                continue;
            }
            if (window == null || !window.holds(point.timestamp())) {
                window = window(host, MinuteWindow.startOf(point.timestamp()));
                if (!touched.contains(window)) {
                    touched.add(window);
                }
            }
            window.add(point);
        }
        for (OpenWindow open : touched) {
            keep(batch, encoded, offset, open);
        }
        if (!batch.isDerived()) { // of conclusions there are no samples to make a minute again from
            RollupPages pages = new RollupPages(host, out);
            late.notices().forEach(notice -> pages.late(notice.subject(), notice.start(), offset));
            pages.flush();
        }
        meter.received(points);
        meter.windowed(points - late.points());
        meter.late(late.points());
    }

    private OpenWindow window(String host, long start) {
        List<OpenWindow> windows = hosts.computeIfAbsent(host, name -> new ArrayList<>(2));
        for (OpenWindow window : windows) {
            if (window.start == start) {
                return window;
            }
        }
        OpenWindow opened = new OpenWindow(start, plan);
        windows.add(opened);
        return opened;
    }

    private void keep(PointBatch batch, byte[] encoded, long offset, OpenWindow window) {
        if (!window.handedOver() && window.bytes + encoded.length > config.maxBytes()) {
            meter.handedOver();
            window.handedOverUpTo = offset;
        }
        if (window.handedOver()) {
            window.handedOverUpTo = offset;
            journal.handOver(batch.host(), window.start, offset);
            if (window.subjectsKept == window.rollups.size()) {
                return; // the journal only has to know whom to give notice of
            }
        }
        for (byte[] entry : JournalEntries.of(batch, encoded, window.start)) {
            journal.append(batch.host(), window.start, window.entries++, entry);
            window.bytes += entry.length;
        }
        window.subjectsKept = window.rollups.size();
    }

    private final class Restore implements WindowJournal.Replay {
        @Override
        public void closedBefore(long start) {
            closedBefore = start;
        }

        @Override
        public void entry(String host, long start, int entry, PointBatch batch, int bytes) {
            OpenWindow window = window(host, start);
            for (Point point : batch.points()) {
                if (point.shape().size() > 0 && window.holds(point.timestamp())) {
                    window.add(point);
                }
            }
            window.entries = entry + 1;
            window.bytes += bytes;
            window.subjectsKept = window.rollups.size();
        }

        @Override
        public void handedOver(String host, long start, long upToOffset) {
            window(host, start).handedOverUpTo = upToOffset;
        }
    }
}
