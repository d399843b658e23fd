package io.peerscope.benchmarks.measure;

import java.util.List;
import java.util.stream.Stream;

/**
 * A program whose use of the machine is measured.
 *
 * @param family with all its descendants, also those that come and go
 */
public record Watched(String name, ProcessHandle process, boolean family) {

    public static Watched alone(String name, ProcessHandle process) {
        return new Watched(name, process, false);
    }

    public static Watched withDescendants(String name, ProcessHandle process) {
        return new Watched(name, process, true);
    }

    /** Seconds since it began, never falling. */
    double cpuSeconds(ProcFs proc) {
        double seconds = proc.cpuTime(process.pid())
                .map(time -> family ? time.own() + time.reaped() : time.own())
                .orElse(0.0);
        return seconds
                + descendants()
                        .flatMap(pid -> proc.cpuTime(pid).stream())
                        .mapToDouble(ProcFs.CpuTime::own)
                        .sum();
    }

    long residentBytes(ProcFs proc) {
        return Stream.concat(Stream.of(process.pid()), descendants())
                .mapToLong(proc::residentBytes)
                .sum();
    }

    private Stream<Long> descendants() {
        return (family ? process.descendants().toList() : List.<ProcessHandle>of())
                .stream().map(ProcessHandle::pid);
    }
}
