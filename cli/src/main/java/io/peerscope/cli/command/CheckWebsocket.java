package io.peerscope.cli.command;

import io.peerscope.cli.check.MonitorCheck;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "check-websocket", description = "Opens /monitor as the dashboard does and waits for what it tells.")
final class CheckWebsocket implements Callable<Integer> {
    @Mixin
    private final Connection connection = new Connection();

    @Override
    public Integer call() {
        Console console = connection.console();
        Report report = new Report("check-websocket", console);
        new MonitorCheck(connection.server(), connection.patience(console)).run(report);
        return report.end().number();
    }
}
