package io.peerscope.benchmarks;

import io.peerscope.benchmarks.report.IngestReport;
import io.peerscope.benchmarks.report.IngestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code benchmarks/run ingest}: exits with 0 when it could measure, whatever the numbers are. */
public final class IngestRun {
    private static final Path RESULTS = Path.of("benchmarks/target/results");

    private IngestRun() {}

    public static void main(String... args) throws IOException, InterruptedException {
        IngestOptions options = new IngestOptions();
        if (!CommandLineOptions.read(options, Optional::empty, args)) {
            return;
        }
        IngestResult result = new IngestSchedule(options, Progress.begin()).run();
        System.out.printf("%n%s%n", new IngestReport(result).text());
        System.out.println("Written to " + result.writeTo(RESULTS));
    }
}
