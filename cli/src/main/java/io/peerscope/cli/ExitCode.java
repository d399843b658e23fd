package io.peerscope.cli;

/** How a command ends; scripts may rely on the numbers. */
public enum ExitCode {
    OK(0),
    /** Something was found to be wrong, or did not happen in time. */
    WRONG(1),
    /** The command was called in a way that it does not understand. */
    USAGE(2),
    /** Nobody answers. */
    UNREACHABLE(3),
    /** The credential is missing, unknown, or may not do this. */
    DENIED(4);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
