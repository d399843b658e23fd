package io.peerscope.cli.command;

import io.peerscope.cli.report.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints. */
public final class Output {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--json", description = "Print one JSON document instead of text")
    private boolean json;

    Console console() {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), json, System.console() != null);
    }
}
