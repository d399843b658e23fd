package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run of {@code sockets} found out.
 *
 * @param stalled null where it was left out
 */
public record SocketsResult(
        Instant at,
        Commit commit,
        Machine machine,
        Map<String, String> options,
        SocketsPhase reading,
        @Nullable StalledPhase stalled) {

    /** @return the file, named by the time of the run */
    public Path writeTo(Path folder) throws IOException {
        return ResultFile.write(folder, "sockets-", at, this);
    }

    public String text() {
        Table table = new Table()
                .row("clients that read", Integer.toString(reading.clients()))
                .row("bytes of a frame", Long.toString(reading.bytesAFrame()))
                .row("topic to client, ms: p50 / p99 / max", spread(reading.latency()))
                .row("frames received / lost", reading.latency().n() + " / " + reading.lost())
                .row("gateway: cores", decimal(reading.cores(), 2))
                .row(
                        "gateway: live heap / resident without clients, MiB",
                        mebibytes(reading.before().liveHeap()) + " / "
                                + mebibytes(reading.before().resident()))
                .row(
                        "gateway: live heap / resident a client more, KiB",
                        kibibytes(reading.heapAClient()) + " / " + kibibytes(reading.residentAClient()));
        usage(table, reading.usage());
        if (stalled != null) {
            stalled(table, stalled);
        }
        return Head.text(commit, at, machine) + "; " + options + "\n\n" + table.text() + "\n";
    }

    private static void stalled(Table table, StalledPhase phase) {
        table.row("")
                .row("clients that stop reading, beside as many that read", Integer.toString(phase.stalled()))
                .row("readers while all read, ms: p50 / p99 / max", spread(phase.all()))
                .row("beside those that do not", spread(phase.beside()))
                .row("while %d MiB come to each".formatted(phase.floodBytes() >> 20), spread(phase.during()))
                .row("afterwards", spread(phase.after()))
                .row("closed of those that do not read / that do", phase.closed() + " / " + phase.readersLost())
                .row(
                        "gateway: resident at its peak, for each that does not read, KiB",
                        kibibytes(phase.residentAStalled()))
                .row(
                        "kernel: most for sockets, for each that does not read, KiB",
                        kibibytes(phase.socketBytesAStalled()))
                .row(
                        "gateway: live heap before / after, MiB",
                        mebibytes(phase.before().liveHeap()) + " / "
                                + mebibytes(phase.end().liveHeap()));
        usage(table, phase.usage());
    }

    private static void usage(Table table, Usage usage) {
        usage.programs()
                .forEach((name, used) -> table.row(
                        name + ": CPU s / peak MiB",
                        decimal(used.cpuSeconds(), 1) + " / " + mebibytes(used.peakBytes())));
        table.row("cores used by others", decimal(usage.otherCpuSeconds() / usage.seconds(), 1));
    }

    private static String spread(Distribution.Summary summary) {
        return decimal(summary.p50(), 1) + " / " + decimal(summary.p99(), 1) + " / " + decimal(summary.max(), 1);
    }

    private static String kibibytes(long bytes) {
        return decimal(bytes / 1024.0, 1);
    }

    private static String mebibytes(long bytes) {
        return Long.toString(bytes >> 20);
    }

    private static String decimal(double value, int places) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
