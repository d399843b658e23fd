package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.io.IOException;
import java.util.Collection;
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

    /** The first reports of a span; empty where none of it exists or can be read any more. */
    Optional<Stretch> read(Span span, ParcelLimits limits) {
        StretchReading reading = new StretchReading(limits);
        for (Segment segment : segments.values()) {
            Optional<Span> part = span.common(span(segment));
            if (part.isPresent() && !take(reading, segment, part.get())) {
                break;
            }
        }
        return reading.stretch(span);
    }

    private boolean take(StretchReading reading, Segment segment, Span part) {
        try {
            return reading.take(segment, part);
        } catch (IOException e) {
            // Gone, with the disk or by somebody's hand: there is nothing to wait for.
            storage.failed(e);
            return true;
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
}
