package io.peerscope.cli.command;

import io.peerscope.cli.api.Server;
import io.peerscope.cli.check.HostTrace;
import io.peerscope.cli.check.Journey;
import io.peerscope.cli.check.Sender;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "trace", description = "Follows what a host sends through every stage.")
final class Trace implements Callable<Integer> {
    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final IngestAddress ingest = new IngestAddress();

    @Parameters(paramLabel = "HOST", description = "Name of the host")
    private String host = "";

    @Option(
            names = "--receipt",
            paramLabel = "ID",
            description = "Follow the request that was answered with this receipt")
    private @Nullable String receipt;

    @Option(
            names = "--send",
            description =
                    "Send one sample of kind protocol as this host and follow it, with the time that each stage takes")
    private boolean send;

    private final InstantSource clock;

    Trace(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Console console = connection.console();
        Report report = new Report("trace", console);
        Server server = connection.server();
        HostTrace trace = new HostTrace(server, host, clock);
        if (receipt != null) {
            trace.receipt(report, receipt);
        } else if (send) {
            try (Sender sender = Sender.of(server, ingest.of(server), host, connection.fleetToken())) {
                new Journey(server, sender, connection.patience(console)).follow(report, clock.millis());
            }
        } else {
            trace.follow(report);
        }
        return report.end().number();
    }
}
