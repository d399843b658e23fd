package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Ends with the process. */
final class MemorySegment implements Segment {
    private static final int OBJECT_BYTES = 72;

    private final long number;
    private final long run;
    private final long firstReport;
    private final List<Report> reports = new ArrayList<>();
    private long bytes;

    MemorySegment(long number, long run, long firstReport) {
        this.number = number;
        this.run = run;
        this.firstReport = firstReport;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public long run() {
        return run;
    }

    @Override
    public long firstReport() {
        return firstReport;
    }

    @Override
    public int count() {
        return reports.size();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void append(Report report) {
        reports.add(report);
        bytes += OBJECT_BYTES + report.json().length();
    }

    @Override
    public int read(int from, int to, Predicate<Report> taker) {
        int index = from;
        while (index < Math.min(to, reports.size()) && taker.test(reports.get(index))) {
            index++;
        }
        return index;
    }

    @Override
    public void force() {}

    @Override
    public void seal() {}

    @Override
    public void delete() {}
}
