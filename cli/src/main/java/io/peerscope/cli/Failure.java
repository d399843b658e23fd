package io.peerscope.cli;

/** Why a command, or one step of it, did not succeed, and what its reader can do about it. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String cure;

    public Failure(ExitCode exitCode, String what, String cure) {
        super(what);
        this.exitCode = exitCode;
        this.cure = cure;
    }

    public static Failure wrong(String what, String cure) {
        return new Failure(ExitCode.WRONG, what, cure);
    }

    public static Failure usage(String what, String cure) {
        return new Failure(ExitCode.USAGE, what, cure);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    /** A sentence that says what to do. */
    public String cure() {
        return cure;
    }
}
