package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run of {@code history} found out.
 *
 * @param options that it was made with
 */
public record HistoryResult(
        Instant at, Commit commit, Machine machine, Map<String, String> options, List<HistoryPhase> phases) {
    /** @return the file, named by the time of the run */
    public Path writeTo(Path folder) throws IOException {
        return ResultFile.write(folder, "history-", at, this);
    }
}
