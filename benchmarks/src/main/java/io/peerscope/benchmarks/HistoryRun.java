package io.peerscope.benchmarks;

import io.peerscope.benchmarks.report.HistoryReport;
import io.peerscope.benchmarks.report.HistoryResult;
import java.io.IOException;
import java.nio.file.Path;

/** {@code benchmarks/run history}: exits with 0 when it could measure, whatever the numbers are. */
public final class HistoryRun {
    private static final Path RESULTS = Path.of("benchmarks/target/results");

    private HistoryRun() {}

    public static void main(String... args) throws IOException, InterruptedException {
        HistoryOptions options = new HistoryOptions();
        if (!CommandLineOptions.read(options, options::objection, args)) {
            return;
        }
        HistoryResult result = new HistorySchedule(options, Progress.begin()).run();
        System.out.printf("%n%s%n", new HistoryReport(result).text());
        System.out.println("Written to " + result.writeTo(RESULTS));
    }
}
