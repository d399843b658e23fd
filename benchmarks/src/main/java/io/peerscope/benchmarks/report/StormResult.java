package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that a run of {@code storm} found out.
 *
 * @param writtenSeconds until all alerts were on the topic
 * @param toldSeconds until all were named
 * @param attempts at the channel that hangs
 * @param alone milliseconds from the topic to the quiet channel, while none hangs
 * @param beside a channel that hangs, before the storm
 * @param lost alerts of the quiet channel that did not come
 */
public record StormResult(
        Instant at,
        Commit commit,
        Machine machine,
        Map<String, String> options,
        int alerts,
        double writtenSeconds,
        double toldSeconds,
        int named,
        int messages,
        int largestBytes,
        int attempts,
        Distribution.Summary alone,
        Distribution.Summary beside,
        Distribution.Summary during,
        int lost,
        Usage usage) {

    /** @return the file, named by the time of the run */
    public Path writeTo(Path folder) throws IOException {
        return ResultFile.write(folder, "storm-", at, this);
    }

    public String text() {
        Table table = new Table()
                .row("alerts that fired", Integer.toString(alerts))
                .row("seconds until all were on the topic", decimal(writtenSeconds))
                .row("alerts that were named", Integer.toString(named))
                .row("seconds until all were named", decimal(toldSeconds))
                .row("messages", Integer.toString(messages))
                .row("largest, kB", Integer.toString(largestBytes / 1000))
                .row("attempts at the channel that hangs", Integer.toString(attempts))
                .row("quiet channel alone, ms: p50 / p99 / max", spread(alone))
                .row("quiet channel beside one that hangs, ms: p50 / p99 / max", spread(beside))
                .row("quiet channel during the storm, ms: p50 / p99 / max", spread(during))
                .row("lost on the quiet channel", Integer.toString(lost));
        usage.programs()
                .forEach((name, used) -> table.row(
                        name + ": CPU s / peak MiB", decimal(used.cpuSeconds()) + " / " + (used.peakBytes() >> 20)));
        table.row("cores used by others", decimal(usage.otherCpuSeconds() / usage.seconds()));
        return Head.text(commit, at, machine) + "; " + options + "\n\n" + table.text() + "\n";
    }

    private static String spread(Distribution.Summary summary) {
        return decimal(summary.p50()) + " / " + decimal(summary.p99()) + " / " + decimal(summary.max());
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
