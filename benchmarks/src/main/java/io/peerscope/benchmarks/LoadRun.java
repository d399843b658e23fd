package io.peerscope.benchmarks;

import io.peerscope.benchmarks.report.RunResult;
import io.peerscope.benchmarks.report.TextReport;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code benchmarks/run}: exits with 0 when it could measure, whatever the numbers are. */
public final class LoadRun {
    private static final int EXIT_USAGE = 2;
    private static final Path RESULTS = Path.of("benchmarks/target/results");

    private LoadRun() {}

    public static void main(String... args) throws IOException, InterruptedException {
        Options options = new Options();
        CommandLine commandLine = new CommandLine(options);
        try {
            commandLine.parseArgs(args);
            if (commandLine.isUsageHelpRequested()) {
                commandLine.usage(System.out);
                return;
            }
            options.objection().ifPresent(objection -> {
                throw new ParameterException(commandLine, objection);
            });
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_USAGE);
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
