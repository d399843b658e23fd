package io.peerscope.cli;

import io.peerscope.cli.command.Commands;
import java.time.InstantSource;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code peerscope}. */
public final class Peerscope {
    /** Kept, or it would be forgotten with its level. */
    private static final Logger LOGS = Logger.getLogger("");

    private Peerscope() {}

    public static void main(String... arguments) {
        LOGS.setLevel(Level.OFF); // what libraries complain of comes as a Failure, in words that say what to do
        System.exit(Commands.line(InstantSource.system()).execute(arguments));
    }
}
