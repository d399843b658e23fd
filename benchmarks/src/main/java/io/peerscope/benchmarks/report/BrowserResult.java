package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Usage;
import io.peerscope.benchmarks.page.FirstView;
import io.peerscope.benchmarks.page.Scrolling;
import io.peerscope.benchmarks.page.Visit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Everything that a run of {@code browser} found out. */
public record BrowserResult(
        Instant at,
        Commit commit,
        Machine machine,
        Map<String, String> options,
        FirstView first,
        Visit visit,
        Usage usage) {

    /** @return the file, named by the time of the run */
    public Path writeTo(Path folder) throws IOException {
        return ResultFile.write(folder, "browser-", at, this);
    }

    public String text() {
        return String.join(
                "\n\n",
                Head.text(commit, at, machine) + "; " + options,
                firstView().text(),
                scrolling().text(),
                clicks().text(),
                programs().text());
    }

    private Table firstView() {
        return new Table()
                .row("first view, ms", "p50", "max")
                .row(
                        "figures painted",
                        decimal(first.figures().p50()),
                        decimal(first.figures().max()))
                .row(
                        "hosts painted",
                        decimal(first.rows().p50()),
                        decimal(first.rows().max()))
                .row(
                        "largest contentful paint",
                        decimal(first.largest().p50()),
                        decimal(first.largest().max()))
                .row("KiB over HTTP / over the WebSocket", kibibytes(first.bytes()), kibibytes(first.liveBytes()));
    }

    private Table scrolling() {
        Table table = new Table()
                .row(
                        "scrolling",
                        "frames/s",
                        "frame p50",
                        "p99",
                        "max ms",
                        "main ms a frame",
                        "script",
                        "layout",
                        "long tasks",
                        "longest ms",
                        "pixels high");
        for (Scrolling page : visit.scrolling()) {
            table.row(
                    page.page(),
                    decimal(page.framesPerSecond()),
                    decimal(page.frames().p50()),
                    decimal(page.frames().p99()),
                    decimal(page.frames().max()),
                    decimal(page.mainMillis()),
                    decimal(page.scriptMillis()),
                    decimal(page.layoutMillis()),
                    Integer.toString(page.longTasks().n()),
                    decimal(page.longTasks().max()),
                    Integer.toString(page.height()));
        }
        return table;
    }

    private Table clicks() {
        Table table = new Table().row("from click to paint, ms", "n", "p50", "p90", "max");
        visit.clicks().forEach((what, spread) -> row(table, what, spread));
        table.row("");
        row(table, "POST to frame", visit.pixels().frame());
        row(table, "POST to pixel", visit.pixels().pixel());
        return table.row(
                "numbers that were not painted", Integer.toString(visit.pixels().lost()));
    }

    private static void row(Table table, String what, Distribution.Summary spread) {
        table.row(
                what,
                Integer.toString(spread.n()),
                decimal(spread.p50()),
                decimal(spread.p90()),
                decimal(spread.max()));
    }

    private Table programs() {
        Table table = new Table();
        usage.programs()
                .forEach((name, used) -> table.row(
                        name + ": cores / peak MiB",
                        decimal(used.cpuSeconds() / usage.seconds()) + " / " + (used.peakBytes() >> 20)));
        return table.row("cores used by Chromium and others", decimal(usage.otherCpuSeconds() / usage.seconds()));
    }

    private static String kibibytes(long bytes) {
        return Long.toString(bytes >> 10);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
