package io.peerscope.cli.command;

import io.peerscope.cli.api.Server;
import io.peerscope.cli.check.Journey;
import io.peerscope.cli.check.Sender;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify-metrics",
        description = "Sends one sample as the host peerscope-check and looks for it everywhere it should show.")
final class VerifyMetrics implements Callable<Integer> {
    static final String HOST = "peerscope-check";

    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final IngestAddress ingest = new IngestAddress();

    private final InstantSource clock;

    VerifyMetrics(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Console console = connection.console();
        Report report = new Report("verify-metrics", console);
        Server server = connection.server();
        try (Sender sender = Sender.of(server, ingest.of(server), HOST, connection.fleetToken())) {
            new Journey(server, sender, connection.patience(console)).follow(report, clock.millis());
            sender.goodbye();
        }
        return report.end().number();
    }
}
