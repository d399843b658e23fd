package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects a stretch from segment after segment, until a limit or a gap is reached. */
final class StretchReading {
    private final ParcelLimits limits;
    private final List<Report> reports = new ArrayList<>();
    private int points;
    private long bytes;
    private long run;
    /** Numbers of reports within the run: the first one, and the one that must come next. */
    private long first;

    private long next;
    private long to;

    StretchReading(ParcelLimits limits) {
        this.limits = limits;
    }

    /** @return whether the next segment may have more of it */
    boolean take(Segment segment, Span part) throws IOException {
        long begin = segment.firstReport() + Span.index(part.from());
        if (!reports.isEmpty() && (segment.run() != run || begin != next)) {
            return false;
        }
        boolean fresh = reports.isEmpty();
        int end = segment.read(Span.index(part.from()), Span.index(part.to()), this::fits);
        if (fresh) {
            run = segment.run();
            first = begin;
        }
        next = segment.firstReport() + end;
        to = Span.position(segment.number(), end);
        return to == part.to();
    }

    private boolean fits(Report report) {
        long more = report.json().length() + 1L;
        if (!reports.isEmpty() && (points + report.points() > limits.points() || bytes + more > limits.bytes())) {
            return false;
        }
        points += report.points();
        bytes += more;
        return reports.add(report);
    }

    /** @return empty where nothing was found that can be read */
    Optional<Stretch> stretch(Span asked) {
        if (reports.isEmpty()) {
            return Optional.empty();
        }
        String batch = "%016x/%d".formatted(run, first) + (next - 1 > first ? "-" + (next - 1) : "");
        return Optional.of(new Stretch(batch, new Span(asked.from(), to), reports));
    }
}
