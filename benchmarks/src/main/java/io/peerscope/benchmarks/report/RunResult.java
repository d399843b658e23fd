package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run found out.
 *
 * @param options that it was made with
 * @param idle what is used while nothing is sent
 */
public record RunResult(
        Instant at,
        Commit commit,
        Machine machine,
        Map<String, String> options,
        Usage idle,
        List<LatencyPhase> latencies,
        List<ThroughputPhase> throughputs) {
    /** @return the file, named by the time of the run */
    public Path writeTo(Path folder) throws IOException {
        return ResultFile.write(folder, "", at, this);
    }
}
