package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import io.peerscope.contracts.json.Json;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Everything that can be typed after {@code peerscope}. */
@Command(
        name = "peerscope",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        description = "Looks after Peerscope: is it well, where does it hurt, keep and bring back what it knows.",
        subcommands = HelpCommand.class,
        exitCodeListHeading = "%nIt ends with%n",
        exitCodeList = {
            "0:all is well, or done",
            "1:something is wrong, or did not happen in time",
            "2:it was called in a way that it does not understand",
            "3:nobody answers",
            "4:the credential is missing, unknown, or may not do this"
        })
public final class Commands {
    private Commands() {}

    /** @param clock to judge how old things are */
    public static CommandLine line(InstantSource clock) {
        CommandLine line = new CommandLine(new Commands())
                .addSubcommand(new DoctorCommand(clock))
                .addSubcommand(new VerifyMetrics(clock))
                .addSubcommand(new TestAlert(clock))
                .addSubcommand(new TestNotification())
                .addSubcommand(new TestLoss(clock))
                .addSubcommand(new CheckWebsocket())
                .addSubcommand(new Trace(clock))
                .addSubcommand(new Token(clock))
                .addSubcommand(new Rules())
                .addSubcommand(new BackupCommand(clock))
                .addSubcommand(new RestoreCommand())
                .addSubcommand(new Cleanup())
                .addSubcommand(new ReplayDlq())
                .addSubcommand(new BeginAnewCommand(clock))
                .addSubcommand(new VerifyAudit())
                .addSubcommand(new CapacityCommand());
        line.getSubcommands().values().forEach(Commands::withHelp);
        return line.setExecutionExceptionHandler(Commands::tell).setUsageHelpAutoWidth(true);
    }

    /** Not of commands that are methods, whose parameters are counted from those options on: they have the annotation. */
    private static void withHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
        }
    }

    private static int tell(Exception problem, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(problem instanceof Failure failure)) {
            throw problem;
        }
        boolean json = Arrays.asList(parsed.originalArgs().toArray()).contains("--json");
        if (json) {
            command.getOut()
                    .println(new String(
                            Json.encode(Map.of(
                                    "command", command.getCommandName(),
                                    "ok", false,
                                    "exit_code", failure.exitCode().number(),
                                    "error", failure.what(),
                                    "cure", failure.cure())),
                            java.nio.charset.StandardCharsets.UTF_8));
        } else {
            command.getErr().println("peerscope: " + failure.what());
            if (!failure.cure().isEmpty()) {
                command.getErr().println("  → " + failure.cure());
            }
        }
        return failure.exitCode().number();
    }

    /** The root by itself is not enough. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"peerscope " + (version == null ? "(not packaged)" : version)};
        }
    }
}
