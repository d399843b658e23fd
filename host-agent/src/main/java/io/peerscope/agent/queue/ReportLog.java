package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Segments in the order of measuring; reports are appended to the last one. */
final class ReportLog {
    /** While the disk cannot be written, it is tried again after so many reports that went into memory instead. */
    private static final int TRY_DISK_AFTER = 12;

    /** Makes segments, on disk or in memory. */
    @FunctionalInterface
    interface Storage {
        Segment create(long number, long run, long firstReport) throws IOException;

        /** Hears that reports are kept in memory instead. */
        default void failed(IOException cause) {}
    }

    /** A stretch of one run's reports. */
    record Stretch(String batch, Span span, List<Report> reports) {}

    private final Storage storage;
    private final Bounds bounds;
    private final long run;
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private @Nullable Segment last;
    private long nextNumber;
    private long nextReport = 1;

    /**
     * @param kept from earlier runs
     * @param firstNumber no segment from now on gets a lower one
     */
    ReportLog(Storage storage, Bounds bounds, long run, Collection<? extends Segment> kept, long firstNumber) {
        this.storage = storage;
        this.bounds = bounds;
        this.run = run;
        kept.forEach(segment -> segments.put(segment.number(), segment));
        this.nextNumber = Math.max(firstNumber, segments.isEmpty() ? 0 : segments.lastKey() + 1);
    }

    void append(Report report) {
        try {
            roomy().append(report);
        } catch (IOException e) {
            storage.failed(e);
            inMemory().append(report);
        }
        nextReport++;
    }

    private Segment roomy() throws IOException {
        Segment open = last;
        if (open != null
                && open.bytes() < bounds.segmentBytes()
                && !(standIn(open) && open.count() >= TRY_DISK_AFTER)) {
            return open;
        }
        return opened(storage.create(nextNumber, run, nextReport));
    }

    private boolean standIn(Segment segment) {
        return bounds.onDisk() && segment instanceof MemorySegment;
    }

    private MemorySegment inMemory() {
        return opened(new MemorySegment(nextNumber, run, nextReport));
    }

    private <S extends Segment> S opened(S segment) {
        seal();
        nextNumber = segment.number() + 1;
        segments.put(segment.number(), segment);
        last = segment;
        return segment;
    }

    /** Makes the newest report outlive a power cut. */
    void force() {
        if (last != null) {
            try {
                last.force();
            } catch (IOException e) {
                storage.failed(e);
            }
        }
    }

    void seal() {
        if (last != null) {
            last.seal();
        }
    }

    /** Position behind the newest report. */
    long end() {
        return last == null ? Span.position(nextNumber, 0) : span(last).to();
    }

    /** Position of the newest report of this run, or behind all others where it has none yet. */
    long newest() {
        return last == null ? end() : end() - 1;
    }

    long count(Span span) {
        return segments.values().stream()
                .flatMap(segment -> span.common(span(segment)).stream())
                .mapToLong(part -> part.to() - part.from())
                .sum();
    }

    /** The first reports of a span, of one run; empty where none of it exists or can be read any more. */
    Optional<Stretch> read(Span span, ParcelLimits limits) {
        List<Report> reports = new ArrayList<>();
        Filling filling = new Filling(reports, limits);
        Segment first = null;
        long to = span.from();
        long lastReport = 0;
        for (Segment segment : segments.values()) {
            Optional<Span> part = span.common(span(segment));
            if (part.isEmpty()) {
                continue;
            }
            if (first != null && segment.run() != first.run()) {
                break;
            }
            int read = read(segment, part.get(), filling);
            if (first == null && !reports.isEmpty()) {
                first = segment;
            }
            to = Span.position(segment.number(), read);
            lastReport = segment.firstReport() + read - 1;
            if (to < part.get().to()) {
                break;
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        // Numbered from where it begins, whether or not the very first report of it can be read.
        long begin = first.firstReport() + firstIndex(first, span);
        String batch = "%016x/%d".formatted(first.run(), begin) + (lastReport > begin ? "-" + lastReport : "");
        return Optional.of(new Stretch(batch, new Span(span.from(), to), reports));
    }

    private static int firstIndex(Segment segment, Span span) {
        return Span.index(Math.max(span.from(), Span.position(segment.number(), 0)));
    }

    private int read(Segment segment, Span part, Predicate<Report> taker) {
        try {
            return segment.read(Span.index(part.from()), Span.index(part.to()), taker);
        } catch (IOException e) {
            // Gone, with the disk or by somebody's hand: there is nothing to wait for.
            storage.failed(e);
            return Span.index(part.to());
        }
    }

    /** Drops the oldest where there is more than may be kept. */
    Optional<Span> dropOne() {
        long memory = bytes(this::standIn);
        if (memory > bounds.memoryBytes()) {
            return drop(this::standIn);
        }
        return bytes(segment -> !standIn(segment)) > bounds.bytes() ? drop(segment -> true) : Optional.empty();
    }

    private Optional<Span> drop(Predicate<Segment> which) {
        for (Segment segment : segments.values()) {
            if (segment != last && which.test(segment)) {
                segments.remove(segment.number());
                segment.delete();
                return Optional.of(span(segment));
            }
        }
        return Optional.empty();
    }

    private long bytes(Predicate<Segment> which) {
        return segments.values().stream()
                .filter(which)
                .mapToLong(Segment::bytes)
                .sum();
    }

    /** Deletes what is finished and holds nothing that is wanted. */
    void sweep(Predicate<Span> wanted) {
        segments.values().removeIf(segment -> {
            boolean done = segment != last && !wanted.test(span(segment));
            if (done) {
                segment.delete();
            }
            return done;
        });
    }

    private static Span span(Segment segment) {
        return new Span(Span.position(segment.number(), 0), Span.position(segment.number(), segment.count()));
    }

    /** Takes reports until a limit is reached, but one always. */
    private static final class Filling implements Predicate<Report> {
        private final List<Report> reports;
        private final ParcelLimits limits;
        private long points;
        private long bytes;

        Filling(List<Report> reports, ParcelLimits limits) {
            this.reports = reports;
            this.limits = limits;
        }

        @Override
        public boolean test(Report report) {
            long more = report.json().length() + 1L;
            if (!reports.isEmpty() && (points + report.points() > limits.points() || bytes + more > limits.bytes())) {
                return false;
            }
            points += report.points();
            bytes += more;
            return reports.add(report);
        }
    }
}
