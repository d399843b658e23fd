package io.peerscope.benchmarks;

import io.peerscope.benchmarks.report.SocketsResult;
import java.io.IOException;
import java.nio.file.Path;

/** {@code benchmarks/run sockets}: exits with 0 when it could measure, whatever the numbers are. */
public final class SocketsRun {
    private static final Path RESULTS = Path.of("benchmarks/target/results");

    private SocketsRun() {}

    public static void main(String... args) throws IOException, InterruptedException {
        SocketsOptions options = new SocketsOptions();
        if (!CommandLineOptions.read(options, options::objection, args)) {
            return;
        }
        SocketsResult result = new SocketsSchedule(options, Progress.begin()).run();
        System.out.printf("%n%s%n", result.text());
        System.out.println("Written to " + result.writeTo(RESULTS));
    }
}
