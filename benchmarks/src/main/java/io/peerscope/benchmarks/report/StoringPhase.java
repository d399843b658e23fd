package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Usage;

/**
 * How fast a backlog was stored, with nothing else to do.
 *
 * @param count of samples, or of roll-ups
 * @param seconds from the first transaction to the last, as far as a look every tenth of a second can tell
 * @param usage from the start of the process until all was stored
 */
public record StoringPhase(long count, double seconds, Usage usage) {
    public double perSecond() {
        return count / seconds;
    }

    /** CPU seconds of a program for a million of them. */
    public double perMillion(String program) {
        return usage.programs().getOrDefault(program, new Usage.Program(0, 0)).cpuSeconds() / count * 1e6;
    }
}
