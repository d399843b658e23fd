package io.peerscope.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the person who started it sees: one line for each step, with the time since the start. */
final class Terminal {
    private final PrintStream out;
    private final long startNanos;

    Terminal(PrintStream out, long startNanos) {
        this.out = out;
        this.startNanos = startNanos;
    }

    void step(String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - startNanos);
        line(String.format(Locale.ROOT, "  %5.1f s  %s", since.toMillis() / 1000.0, what));
    }

    synchronized void line(String text) {
        out.println(text);
        out.flush();
    }
}
