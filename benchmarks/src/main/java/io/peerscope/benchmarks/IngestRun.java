package io.peerscope.benchmarks;

import io.peerscope.benchmarks.report.IngestReport;
import io.peerscope.benchmarks.report.IngestResult;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code benchmarks/run ingest}: exits with 0 when it could measure, whatever the numbers are. */
public final class IngestRun {
    private static final int EXIT_USAGE = 2;
    private static final Path RESULTS = Path.of("benchmarks/target/results");

    private IngestRun() {}

    public static void main(String... args) throws IOException, InterruptedException {
        IngestOptions options = new IngestOptions();
        CommandLine commandLine = new CommandLine(options);
        try {
            commandLine.parseArgs(args);
            if (commandLine.isUsageHelpRequested()) {
                commandLine.usage(System.out);
                return;
            }
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_USAGE);
        }
        IngestResult result = new IngestSchedule(options, Progress.begin()).run();
        System.out.printf("%n%s%n", new IngestReport(result).text());
        System.out.println("Written to " + result.writeTo(RESULTS));
    }
}
