package io.peerscope.benchmarks;

import io.peerscope.benchmarks.report.RunResult;
import io.peerscope.benchmarks.report.TextReport;
import java.io.IOException;
import java.nio.file.Path;

/** {@code benchmarks/run}: exits with 0 when it could measure, whatever the numbers are. */
public final class LoadRun {
    private static final Path RESULTS = Path.of("benchmarks/target/results");

    private LoadRun() {}

    public static void main(String... args) throws IOException, InterruptedException {
        Options options = new Options();
        if (!CommandLineOptions.read(options, options::objection, args)) {
            return;
        }
        Progress progress = Progress.begin();
        progress.tell("starting");
        try (Installation installation = options.installation()) {
            RunResult result = new Schedule(options, installation, progress).run();
            System.out.printf("%n%s%n", new TextReport(result).text());
            System.out.println("Written to " + result.writeTo(RESULTS));
        }
    }
}
