package io.peerscope.cli.command;

import io.peerscope.cli.api.Server;
import io.peerscope.cli.check.AlertDrill;
import io.peerscope.cli.check.Sender;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "test-alert",
        description = "Makes a rule, breaks it, and looks whether it fires and resolves; the rule is deleted again.")
final class TestAlert implements Callable<Integer> {
    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final IngestAddress ingest = new IngestAddress();

    @Option(names = "--notify", description = "Let channels hear of it; without this the drill silences itself")
    private boolean notify;

    private final InstantSource clock;

    TestAlert(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Console console = connection.console();
        Report report = new Report("test-alert", console);
        Server server = connection.server();
        try (Sender sender = Sender.of(server, ingest.of(server), VerifyMetrics.HOST, connection.fleetToken())) {
            new AlertDrill(server, sender, connection.patience(console), notify, clock.instant()).run(report);
            sender.goodbye();
        }
        return report.end().number();
    }
}
