package io.peerscope.benchmarks;

import io.peerscope.benchmarks.report.BrowserResult;
import java.io.IOException;
import java.nio.file.Path;

/** {@code benchmarks/run browser}: exits with 0 when it could measure, whatever the numbers are. */
public final class BrowserRun {
    private static final Path RESULTS = Path.of("benchmarks/target/results");

    private BrowserRun() {}

    public static void main(String... args) throws IOException, InterruptedException {
        BrowserOptions options = new BrowserOptions();
        if (!CommandLineOptions.read(options, options::objection, args)) {
            return;
        }
        BrowserResult result = new BrowserSchedule(options, Progress.begin()).run();
        System.out.printf("%n%s%n", result.text());
        System.out.println("Written to " + result.writeTo(RESULTS));
    }
}
