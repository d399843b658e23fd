package io.peerscope.benchmarks;

import java.util.Locale;

/** What the person who started it sees meanwhile: one line a step, with the time since the start. */
final class Progress {
    private final long begin = System.nanoTime();

    private Progress() {}

    static Progress begin() {
        return new Progress();
    }

    void tell(String what, Object... values) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(Locale.ROOT, "  %6.1f s  %s%n", seconds, what.formatted(values));
    }
}
