package io.peerscope.benchmarks;

import io.peerscope.benchmarks.report.StormResult;
import java.io.IOException;
import java.nio.file.Path;

/** {@code benchmarks/run storm}: exits with 0 when it could measure, whatever the numbers are. */
public final class StormRun {
    private static final Path RESULTS = Path.of("benchmarks/target/results");

    private StormRun() {}

    public static void main(String... args) throws IOException, InterruptedException {
        StormOptions options = new StormOptions();
        if (!CommandLineOptions.read(options, options::objection, args)) {
            return;
        }
        StormResult result = new StormSchedule(options, Progress.begin()).run();
        System.out.printf("%n%s%n", result.text());
        System.out.println("Written to " + result.writeTo(RESULTS));
    }
}
