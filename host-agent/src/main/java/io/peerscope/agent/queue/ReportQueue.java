package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the server has not taken yet. One thread adds, another takes away.
 *
 * <p>On disk a report is written before it is sent, and forced to disk as soon as more than one waits: a killed agent
 * loses nothing, a power cut at most the newest report while the server takes them.
 */
public final class ReportQueue implements AutoCloseable {
    /** More live reports than this are an outage: the newest goes first, the others follow as backlog. A minute of them. */
    static final int LIVE_REPORTS = 12;

    private static final ParcelLimits WHOLE = new ParcelLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    private final ReportLog log;
    private final Outstanding outstanding;
    private final QueueListener listener;
    private final @Nullable DiskFolder folder;
    private final @Nullable Checkpoint checkpoint;
    private long dropped;

    private ReportQueue(
            ReportLog log,
            Outstanding outstanding,
            QueueListener listener,
            @Nullable DiskFolder folder,
            @Nullable Checkpoint checkpoint) {
        this.log = log;
        this.outstanding = outstanding;
        this.listener = listener;
        this.folder = folder;
        this.checkpoint = checkpoint;
    }

    /** @param bytes how much is kept, more or less */
    public static ReportQueue inMemory(long bytes, RandomGenerator random, QueueListener listener) {
        ReportLog log = new ReportLog(MemorySegment::new, Bounds.inMemory(bytes), random.nextLong(), List.of(), 0);
        return new ReportQueue(log, new Outstanding(), listener, null, null);
    }

    /**
     * @param bytes how much of the disk it takes, more or less
     * @throws IOException saying what to do about it
     */
    public static ReportQueue onDisk(Path path, long bytes, RandomGenerator random, QueueListener listener)
            throws IOException {
        DiskFolder folder = DiskFolder.open(path);
        try {
            Checkpoint checkpoint = folder.checkpoint();
            Outstanding outstanding = checkpoint.found().map(Outstanding::new).orElseGet(Outstanding::new);
            ReportLog log = new ReportLog(
                    new FolderStorage(folder, listener),
                    Bounds.onDisk(bytes),
                    random.nextLong(),
                    folder.segments(listener),
                    Span.segment(outstanding.unused()) + 1);
            return new ReportQueue(log, outstanding, listener, folder, checkpoint);
        } catch (IOException e) {
            folder.close();
            throw new IOException(
                    "the data folder %s cannot be read (%s); mend it, or let data-dir name another".formatted(path, e),
                    e);
        }
    }

    public synchronized void add(Report report) {
        log.append(report);
        long before = waiting();
        for (Optional<Span> gone = log.dropOne(); gone.isPresent(); gone = log.dropOne()) {
            outstanding.forget(gone.get());
        }
        long waiting = waiting();
        if (waiting < before) {
            dropped += before - waiting;
            listener.dropped(before - waiting);
        }
        if (waiting > 1) {
            log.force();
        }
    }

    /**
     * What to send next in a lane: what was sent and not answered once more as it was, else as much as may go together.
     * It stays here until it is settled.
     */
    public synchronized Optional<Parcel> next(Lane lane, ParcelLimits limits) {
        while (true) {
            makeRoomForNews(lane);
            boolean again = outstanding.drafted(lane);
            Optional<Span> span = outstanding.next(lane, log.end());
            if (span.isEmpty()) {
                return Optional.empty();
            }
            Optional<Stretch> stretch = log.read(span.get(), again ? WHOLE : limits);
            if (stretch.isPresent()) {
                return Optional.of(parcel(lane, again, stretch.get()));
            }
            // Nothing of it exists any more.
            outstanding.settle(lane, span.get());
        }
    }

    private void makeRoomForNews(Lane lane) {
        if (lane == Lane.LIVE && log.count(new Span(outstanding.liveFrom(), log.end())) > LIVE_REPORTS) {
            outstanding.setAside(log.newest());
        }
    }

    private Parcel parcel(Lane lane, boolean again, Stretch stretch) {
        OptionalLong arrivedIf = again ? outstanding.arrivedIf(lane) : OptionalLong.empty();
        if (!again) {
            long latest = stretch.reports().stream()
                    .mapToLong(Report::timestamp)
                    .max()
                    .orElseThrow();
            outstanding.draft(lane, stretch.span(), latest);
            save();
        }
        return new Parcel(lane, stretch.batch(), stretch.span(), stretch.reports(), arrivedIf);
    }

    /** It will not be sent again: the server has it, or will never take it. */
    public synchronized void settle(Parcel parcel) {
        outstanding.settle(parcel.lane(), parcel.span());
        log.sweep(outstanding::wants);
        save();
    }

    /** It was too much for one request; what comes next begins at the same report. */
    public synchronized void redraft(Parcel parcel) {
        outstanding.redraft(parcel.lane());
    }

    /** How many reports wait. */
    public synchronized long waiting() {
        return outstanding.all(log.end()).stream().mapToLong(log::count).sum();
    }

    /** How many have been dropped, being too many, since the start. */
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public synchronized void close() {
        log.seal();
        try {
            if (checkpoint != null) {
                checkpoint.close();
            }
        } catch (IOException e) {
            // It is written already.
        }
        if (folder != null) {
            folder.close();
        }
    }

    private void save() {
        if (checkpoint != null && folder != null) {
            try {
                checkpoint.write(outstanding.progress());
            } catch (IOException e) {
                listener.unwritable(folder.path(), e);
            }
        }
    }

    private record FolderStorage(DiskFolder folder, QueueListener listener) implements ReportLog.Storage {
        @Override
        public Segment create(long number, long run, long firstReport) throws IOException {
            return folder.create(number, run, firstReport);
        }

        @Override
        public void failed(IOException cause) {
            listener.unwritable(folder.path(), cause);
        }
    }
}
