package io.peerscope.benchmarks;

import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads what a benchmark was asked for. */
final class CommandLineOptions {
    private static final int EXIT_USAGE = 2;

    private CommandLineOptions() {}

    /**
     * Ends the program where something is wrong with them.
     *
     * @param into options of picocli, filled in
     * @param objection to what each of them may be, but not together
     * @return whether to go on; otherwise help was asked for and given
     */
    static boolean read(Object into, Supplier<Optional<String>> objection, String... args) {
        CommandLine commandLine = new CommandLine(into);
        try {
            commandLine.parseArgs(args);
            if (commandLine.isUsageHelpRequested()) {
                commandLine.usage(System.out);
                return false;
            }
            objection.get().ifPresent(what -> {
                throw new ParameterException(commandLine, what);
            });
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_USAGE);
        }
        return true;
    }
}
