package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.check.LossDrill;
import io.peerscope.cli.check.Sender;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "test-loss",
        description = "Sends samples for a while, in which you break what you like, and looks whether each that was"
                + " acknowledged is in the history, once. Samples are sent until they are acknowledged, as agents do.")
final class TestLoss implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofMillis(20);

    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final IngestAddress ingest = new IngestAddress();

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to send, at most 3000 (default: 60)")
    private int seconds;

    private final InstantSource clock;

    TestLoss(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (seconds < 1 || seconds > 3_000) {
            throw Failure.usage("--for " + seconds, "It is a number of seconds, from 1 to 3000.");
        }
        Console console = connection.console();
        Report report = new Report("test-loss", console);
        Server server = connection.server();
        try (Sender sender = Sender.of(server, ingest.of(server), VerifyMetrics.HOST, connection.fleetToken())) {
            new LossDrill(server, sender, console, connection.patience(console), clock)
                    .run(report, Duration.ofSeconds(seconds), EVERY);
            sender.goodbye();
        }
        return report.end().number();
    }
}
