package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Machine;
import java.time.Instant;

/** What a report begins with: of which sources, when, and on which machine. */
final class Head {
    private Head() {}

    static String text(Commit commit, Instant at, Machine machine) {
        return """
                Peerscope %s, %s
                %s, %d cores, %d GiB, %s, JDK %s
                load average before: %s""".formatted(
                        commit,
                        at,
                        machine.processor(),
                        machine.cores(),
                        machine.memoryBytes() >> 30,
                        machine.kernel(),
                        machine.jdk(),
                        machine.loadAverageBefore());
    }
}
