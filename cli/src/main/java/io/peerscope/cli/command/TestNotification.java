package io.peerscope.cli.command;

import io.peerscope.cli.check.ChannelDrill;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "test-notification", description = "Sends a test message to channels and tells what became of it.")
final class TestNotification implements Callable<Integer> {
    @Mixin
    private final Connection connection = new Connection();

    @Parameters(paramLabel = "CHANNEL", arity = "0..*", description = "Ids of channels (default: all that are enabled)")
    private List<String> channels = List.of();

    @Override
    public Integer call() {
        Console console = connection.console();
        Report report = new Report("test-notification", console);
        new ChannelDrill(connection.server(), connection.patience(console)).run(report, channels);
        return report.end().number();
    }
}
