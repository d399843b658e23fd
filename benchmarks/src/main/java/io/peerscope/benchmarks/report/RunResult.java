package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Usage;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** @return the file, named by the time of the run */
    public Path writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME.format(at) + ".json");
        Files.write(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        return file;
    }
}
